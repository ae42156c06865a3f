package io.fairlead.backend.bundle;

import io.fairlead.linux.file.MountPoints;
import io.fairlead.linux.file.RootedTree;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.OpenFlags;
import java.io.IOException;

/**
 * A place that a file system is mounted on.
 *
 * @param tree in which the path counts, and which no link leads out of
 * @param points the same tree's
 */
record Ground(RootedTree tree, MountPoints points, String path) {
    /** What to mount upon, made if it is missing. The caller closes it. */
    Fd spot(boolean folder) throws IOException {
        return folder ? points.folder(path) : points.file(path);
    }

    /** What is there now. The caller closes it. */
    Fd top() throws IOException {
        return tree.open(path, OpenFlags.O_PATH, 0);
    }

    Ground below(String inner) {
        return new Ground(tree, points, path + "/" + inner);
    }
}
