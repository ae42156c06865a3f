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
 * Gives a root back the flags that crun 1.8 takes from it: it binds the root upon itself and mounts that again without any. In
 * a user namespace the kernel keeps them. A start takes one or two milliseconds longer, if there are such flags.
 */
final class RootFlagsHook {
    private RootFlagsHook() {}

    /** Null if there is nothing to give back. */
    static Hooks of(GuestTree tree) throws IOException {
        if (tree.rootFlags().isEmpty()) {
            return null;
        }
        Path mount = Programs.find("mount")
                .orElseThrow(() -> new IOException(
                        "the program mount is missing: without it the root would lose " + tree.rootFlags()));
        List<String> options = new ArrayList<>(List.of("remount", "bind"));
        tree.rootFlags().stream().map(MountFlag::option).forEach(options::add);
        // With a source, even one that means nothing, it looks into no table of mounts for more options.
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
