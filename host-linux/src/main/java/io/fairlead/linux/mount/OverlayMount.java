package io.fairlead.linux.mount;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fairlead.linux.sys.ErrnoException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A mount of overlayfs to be (Documentation/filesystems/overlayfs.rst): folders that lie over each other, of which the
 * uppermost takes the writes.
 *
 * <p>mount(2) takes one page of options. Where whole paths have no room in it, the lower folders, of which there may be
 * hundreds, are named relative to the one folder that they lie in. That works on every kernel, and costs half a
 * millisecond for a thread with a working folder of its own. fsconfig(2) could take them one by one, but only since
 * Linux 6.7, and none with a path of more than 255 bytes.
 *
 * @param folder in which the lower folders lie, without links in its path
 * @param lower their names, the topmost first; without colons and commas
 * @param upper takes the writes; shown in the mount table by this path
 * @param work overlayfs' own, on the same file system as upper; empty
 */
public record OverlayMount(Path folder, List<String> lower, Path upper, Path work) {
    private static final String SOURCE = "fairlead";
    private static final String TYPE = "overlay";
    private static final int OPTIONS_MAX = 4095;
    private static final int LOWER_MAX = 500; // OVL_MAX_STACK, fs/overlayfs/params.h

    public OverlayMount {
        lower = List.copyOf(lower);
    }

    /** Whether the kernel takes so many lower folders. */
    public boolean fits() {
        return lower.size() <= LOWER_MAX && fits(relative());
    }

    private static boolean fits(String options) {
        return options.getBytes(UTF_8).length <= OPTIONS_MAX;
    }

    /** @throws ErrnoException EINVAL also if the file system cannot hold an overlay, or it does not {@link #fits} */
    public void mount(Path target, Set<MountFlag> flags) throws ErrnoException {
        String absolute = options(escaped(folder + "/"), work.toString());
        if (fits(absolute)) {
            Mounts.mount(SOURCE, target, TYPE, flags, absolute);
        } else {
            WorkingFolder.run(folder, () -> Mounts.mount(SOURCE, target, TYPE, flags, relative()));
        }
    }

    private String relative() {
        return options("", folder.relativize(work).toString());
    }

    private String options(String before, String workPath) {
        String stack = lower.stream().map(before::concat).collect(Collectors.joining(":"));
        return "lowerdir=%s,upperdir=%s,workdir=%s".formatted(stack, escaped(upper.toString()), escaped(workPath));
    }

    /** The overlay's own separators. */
    private static String escaped(String path) {
        return path.replaceAll("([\\\\:,])", "\\\\$1");
    }
}
