package io.fairlead.backend.bundle;

import io.fairlead.linux.file.MountPoints;
import io.fairlead.linux.file.RootedTree;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.OpenFlags;
import java.io.IOException;

/**
 * A place on which a file system is mounted.
 *
 * @param tree the folder in which the path is resolved; no link leads out of it
 * @param points the mount points of the same tree
 */
record Ground(RootedTree tree, MountPoints points, String path) {
    /** The file or folder to mount on, made if it is missing. The caller closes it. */
    Fd spot(boolean folder) throws IOException {
        return folder ? points.folder(path) : points.file(path);
    }

    /** The file or folder that is there now. The caller closes it. */
    Fd top() throws IOException {
        return tree.open(path, OpenFlags.O_PATH, 0);
    }

    Ground below(String inner) {
        return new Ground(tree, points, path + "/" + inner);
    }
}
