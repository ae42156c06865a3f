package io.fairlead.core.backend;

import java.nio.file.Path;

/**
 * A file of the daemon's own that a guest sees at a place of its tree, such as {@code /etc/hosts}. The guest keeps
 * seeing this very file: to change its content, write into it and do not replace it.
 *
 * @param source an absolute path
 * @param target an absolute path in the guest; a missing file is made there as the mount point
 */
public record FileMount(Path source, String target, boolean readOnly) {
    public FileMount {
        if (!source.isAbsolute() || !target.startsWith("/") || target.endsWith("/") || target.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    "file mount: %s on '%s' (expected: absolute paths of files)".formatted(source, target));
        }
    }
}
