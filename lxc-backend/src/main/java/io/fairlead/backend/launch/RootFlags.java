package io.fairlead.backend.launch;

import io.fairlead.linux.mount.MountFlag;
import io.fairlead.linux.mount.MountNamespace;
import io.fairlead.linux.mount.MountTree;
import io.fairlead.linux.namespace.NamespaceKind;
import io.fairlead.linux.namespace.Namespaces;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.OpenFlags;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/**
 * Restores the mount flags of a root, such as nosuid. crun 1.8 drops them: it binds the root on itself and remounts
 * that without flags. A hook in the runtime's configuration is no way to do this: crun writes to each hook and fails
 * the start if the hook ends without having read that.
 */
final class RootFlags {
    private RootFlags() {}

    /** @param initPid init before its first program runs, at whose root the guest's mount is */
    static void restore(int initPid, Set<MountFlag> flags) throws IOException {
        if (flags.isEmpty()) {
            return;
        }
        int own = (int) ProcessHandle.current().pid();
        try (Fd guest = Namespaces.open(initPid, NamespaceKind.MNT);
                Fd home = Namespaces.open(own, NamespaceKind.MNT)) {
            MountNamespace.within(guest, home, () -> {
                try (MountTree root = MountTree.at(Fd.open(Path.of("/"), OpenFlags.O_PATH))) {
                    for (MountFlag flag : flags) {
                        root.set(flag, false);
                    }
                }
                return null;
            });
        }
    }
}
