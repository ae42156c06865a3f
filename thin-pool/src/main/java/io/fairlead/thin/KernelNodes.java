package io.fairlead.thin;

import io.fairlead.linux.device.DeviceNumber;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.thin.ThinPoolException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Real nodes, in a folder of ours that only root can enter. */
public final class KernelNodes implements DeviceNodes {
    private static final int PERMISSIONS = 0600;

    private final Path folder;

    /** @param folder exists already */
    public KernelNodes(Path folder) {
        this.folder = folder;
    }

    @Override
    public Path make(String name, int major, int minor) {
        Path node = folder.resolve(name);
        DeviceNumber number = new DeviceNumber(DeviceNumber.Type.BLOCK, major, minor);
        try {
            // A right node stays: a process that opened it may look it up again.
            if (!isNew(node, number) && !isIt(node, number)) {
                Files.delete(node);
                number.makeNode(node, PERMISSIONS);
            }
            return node;
        } catch (IOException e) {
            throw failure("make", node, e);
        }
    }

    private static boolean isNew(Path node, DeviceNumber number) throws ErrnoException {
        try {
            number.makeNode(node, PERMISSIONS);
            return true;
        } catch (ErrnoException e) {
            if (e.errno() != Errno.EEXIST) {
                throw e;
            }
            return false;
        }
    }

    private static boolean isIt(Path node, DeviceNumber number) throws ErrnoException {
        return Files.exists(node) // a link may lead nowhere
                && DeviceNumber.of(node).filter(number::equals).isPresent();
    }

    @Override
    public void remove(String name) {
        try {
            Files.deleteIfExists(folder.resolve(name));
        } catch (IOException e) {
            throw failure("remove", folder.resolve(name), e);
        }
    }

    private static ThinPoolException failure(String what, Path node, IOException e) {
        return new ThinPoolException(
                Reason.IO, "cannot %s device node %s: %s".formatted(what, node, e.getMessage()), e);
    }
}
