package io.fairlead.backend.launch;

import io.fairlead.linux.file.RootedTree;
import io.fairlead.linux.mount.MountEntry;
import io.fairlead.linux.mount.MountTable;
import io.fairlead.linux.process.ProcessId;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.OpenFlags;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The root of a running guest, reached through its init. The guest may change it at any moment. So a path is resolved
 * within the root, through no link, and through no mount of the guest's own that a program or another machine serves,
 * since that could block for ever.
 */
final class InitRoot implements AutoCloseable {
    /** File systems served by a program, by another machine, or by both. */
    private static final Pattern ANSWERED_ELSEWHERE = Pattern.compile(
            "fuse.*|nfs.*|9p|cifs|smb.*|ceph|afs|coda|autofs|lustre|ocfs2.*|gfs2|orangefs|beegfs|virtiofs");

    private final ProcessId init;
    private final RootedTree tree;

    private InitRoot(ProcessId init, RootedTree tree) {
        this.init = init;
        this.tree = tree;
    }

    /** @throws ErrnoException ESRCH if that init has ended, even if another process has its number now */
    static InitRoot open(ProcessId init) throws IOException {
        RootedTree tree;
        try {
            tree = new RootedTree(Path.of("/proc/" + init.pid() + "/root"));
        } catch (ErrnoException e) {
            throw e.errno() == Errno.ENOENT ? new ErrnoException(Errno.ESRCH, "open", "the root of " + init) : e;
        }
        // Checked after opening: if init lives now, this was its root.
        if (!init.isAlive()) {
            tree.close();
            throw new ErrnoException(Errno.ESRCH, "open", "the root of " + init);
        }
        return new InitRoot(init, tree);
    }

    /**
     * @param path absolute
     * @throws ErrnoException ELOOP if a part of the path is a link, EREMOTE for a mount that a program or another
     *     machine serves
     */
    Fd open(String path, int flags) throws IOException {
        Path wanted = Path.of(path);
        for (MountEntry mount : answeredElsewhere()) {
            if (wanted.startsWith(mount.target())) {
                throw new ErrnoException(Errno.EREMOTE, "open", path + " on " + mount.type());
            }
        }
        return tree.openUnlinked(path, flags);
    }

    /**
     * Reads a file of the guest. Links are followed within its root, unless it has a mount that a program or another
     * machine serves.
     *
     * @param path absolute
     * @throws ErrnoException EREMOTE if the guest has such a mount and the file is a link or lies below that mount
     * @throws IOException if it is longer than the limit or is no regular file
     */
    byte[] readFile(String path, int limit) throws IOException {
        if (answeredElsewhere().isEmpty()) {
            return tree.readFile(path, limit);
        }
        try {
            open(path, OpenFlags.O_PATH).close(); // only to see whether the path has links
        } catch (ErrnoException e) {
            throw e.errno() == Errno.ELOOP ? new ErrnoException(Errno.EREMOTE, "follow the link", path) : e;
        }
        return tree.readFile(path, limit);
    }

    private List<MountEntry> answeredElsewhere() throws IOException {
        return MountTable.of(init.pid()).entries().stream()
                .filter(mount -> mount.target().getNameCount() > 0)
                .filter(mount -> ANSWERED_ELSEWHERE.matcher(mount.type()).matches())
                .toList();
    }

    @Override
    public void close() {
        tree.close();
    }
}
