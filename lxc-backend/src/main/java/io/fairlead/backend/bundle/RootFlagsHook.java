package io.fairlead.backend.bundle;

import io.fairlead.backend.bundle.OciSpec.Hook;
import io.fairlead.backend.bundle.OciSpec.Hooks;
import io.fairlead.linux.mount.MountFlag;
import io.fairlead.linux.process.Programs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Restores the mount flags of a root. crun 1.8 drops them: it binds the root on itself and remounts that without flags.
 * In a user namespace the kernel keeps them. If there are such flags, a start takes one or two milliseconds longer.
 */
final class RootFlagsHook {
    private RootFlagsHook() {}

    /** Null if there are no flags to restore. */
    static Hooks of(GuestTree tree) throws IOException {
        if (tree.rootFlags().isEmpty()) {
            return null;
        }
        Path mount = Programs.find("mount")
                .orElseThrow(() -> new IOException(
                        "the program mount is missing: without it the root would lose " + tree.rootFlags()));
        List<String> options = new ArrayList<>(List.of("remount", "bind"));
        tree.rootFlags().stream().map(MountFlag::option).forEach(options::add);
        // With a source, even a meaningless one, the program reads no table of mounts for more options.
        List<String> args = List.of(
                "mount",
                "-n",
                "-o",
                String.join(",", options),
                "none",
                tree.root().toString());
        return new Hooks(List.of(new Hook(mount.toString(), args)));
    }
}
