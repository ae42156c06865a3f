package io.fairlead.backend.launch;

import io.fairlead.core.backend.MountedFilesystem;
import io.fairlead.linux.mount.MountEntry;
import io.fairlead.linux.mount.MountTable;
import io.fairlead.linux.process.ProcessId;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.xml.domain.DomainDocument;
import io.fairlead.xml.domain.model.Filesystem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The definition's file systems that a running guest has mounted. */
final class GuestMounts {
    private GuestMounts() {}

    static List<MountedFilesystem> of(ProcessId init, DomainDocument definition) throws IOException {
        MountTable mounts = MountTable.of(init.pid());
        if (!init.isAlive()) { // the answer may be another process's
            throw new ErrnoException(Errno.ESRCH, "read", "the mounts of " + init);
        }
        List<MountedFilesystem> found = new ArrayList<>();
        for (Filesystem filesystem : definition.definition().devices().filesystems()) {
            Optional<MountEntry> mount = mounts.at(Path.of(filesystem.target()));
            if (mount.isPresent()) {
                found.add(new MountedFilesystem(
                        filesystem.target(), source(filesystem), mount.get().type()));
            }
        }
        return found;
    }

    private static String source(Filesystem filesystem) {
        return switch (filesystem.type()) {
            case RAM -> "tmpfs";
            case VOLUME -> filesystem.volume().orElseThrow().toString();
            default -> filesystem.source();
        };
    }
}
