package io.fairlead.daemon;

import io.fairlead.daemon.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Makes an instance's folders, so that only root sees definitions, logs and consoles. */
final class Folders {
    /** The mode of the sockets' folder, which clients must be able to pass. */
    private static final String OPEN = "rwxr-xr-x";

    private static final String CLOSED = "rwx------";

    private Folders() {}

    static void make(Instance instance) {
        make(instance.state(), CLOSED);
        make(instance.run(), OPEN);
        make(instance.log(), CLOSED);
        instance.sockets().forEach(pair -> make(pair.readWrite().getParent(), OPEN));
    }

    /** An existing folder keeps the mode that its administrator gave it. */
    private static void make(Path folder, String mode) {
        if (Files.isDirectory(folder)) {
            return;
        }
        try {
            Files.createDirectories(folder.toAbsolutePath().getParent());
            Files.createDirectory(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(mode));
        } catch (IOException e) {
            throw new ConfigException("cannot make folder %s: %s".formatted(folder, e), e);
        }
    }
}
