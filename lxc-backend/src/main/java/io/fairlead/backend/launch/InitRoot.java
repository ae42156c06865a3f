package io.fairlead.backend.launch;

import io.fairlead.linux.file.RootedTree;
import io.fairlead.linux.mount.MountEntry;
import io.fairlead.linux.mount.MountTable;
import io.fairlead.linux.process.ProcessId;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import java.io.IOException;
import java.nio.file.Path;
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
        for (MountEntry mount : MountTable.of(init.pid()).entries()) {
            boolean onTheWay =
                    wanted.startsWith(mount.target()) && mount.target().getNameCount() > 0;
            if (onTheWay && ANSWERED_ELSEWHERE.matcher(mount.type()).matches()) {
                throw new ErrnoException(Errno.EREMOTE, "open", path + " on " + mount.type());
            }
        }
        return tree.openUnlinked(path, flags);
    }

    @Override
    public void close() {
        tree.close();
    }
}
