package io.fairlead.linux.dm;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.Libc;
import io.fairlead.linux.sys.OpenFlags;
import io.fairlead.linux.sys.Poll;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The device mapper of the running kernel, through ioctls on its control node; no process, no udev. */
public final class KernelDeviceMapper implements DeviceMapper, AutoCloseable {
    private static final Path CONTROL = Path.of("/dev/mapper/control");
    /** Our devices have one target each, which takes a line; the kernel clears and copies all the room there is. */
    private static final int TARGET_BYTES = 1024;

    private static final int NAMES_BYTES = 16 * 1024;
    private static final int ANSWER_BYTES_MAX = 16 * 1024 * 1024;

    private final Fd control;

    /** Opens the control node. @throws ErrnoException ENOENT on a kernel without device mapper */
    public KernelDeviceMapper() throws ErrnoException {
        control = Fd.open(CONTROL, OpenFlags.O_RDWR);
    }

    @Override
    public DmDevice create(String name, String uuid) throws ErrnoException {
        return call(DmIoctl.DEV_CREATE, name, new DmIoctl(name, 0, DmIoctl.UDEV_KEEP_OUT, 0).uuid(uuid))
                .device();
    }

    @Override
    public void load(String name, List<DmTarget> table) throws ErrnoException {
        call(DmIoctl.TABLE_LOAD, name, new DmIoctl(name, 0, 0, DmIoctl.tableBytes(table)).table(table));
    }

    @Override
    public DmDevice resume(String name) throws ErrnoException {
        return call(DmIoctl.DEV_SUSPEND, name, new DmIoctl(name, 0, DmIoctl.UDEV_KEEP_OUT, 0))
                .device();
    }

    @Override
    public void suspend(String name) throws ErrnoException {
        call(DmIoctl.DEV_SUSPEND, name, new DmIoctl(name, DmIoctl.FLAG_SUSPEND, 0, 0));
    }

    @Override
    public void remove(String name, boolean deferred) throws ErrnoException {
        int flags = deferred ? DmIoctl.FLAG_DEFERRED_REMOVE : 0;
        call(DmIoctl.DEV_REMOVE, name, new DmIoctl(name, flags, DmIoctl.UDEV_KEEP_OUT, 0));
    }

    @Override
    public void keep(String name) throws ErrnoException {
        message(name, 0, "@cancel_deferred_remove"); // one that the kernel's device mapper takes for every target
    }

    @Override
    public Optional<DmDevice> find(String name) throws ErrnoException {
        DmIoctl request = new DmIoctl(name, 0, 0, 0);
        int result = ioctl(DmIoctl.DEV_STATUS, request);
        if (result < 0 && Errno.last() == Errno.ENXIO) {
            return Optional.empty();
        }
        Errno.check(result, "device-mapper ioctl " + DmIoctl.DEV_STATUS, name);
        return Optional.of(request.device());
    }

    @Override
    public List<String> names() throws ErrnoException {
        return answered(DmIoctl.LIST_DEVICES, "", NAMES_BYTES, room -> new DmIoctl("", 0, 0, room))
                .names();
    }

    @Override
    public List<DmTarget> table(String name) throws ErrnoException {
        return answered(
                        DmIoctl.TABLE_STATUS,
                        name,
                        TARGET_BYTES,
                        room -> new DmIoctl(name, DmIoctl.FLAG_STATUS_TABLE | DmIoctl.FLAG_NOFLUSH, 0, room))
                .targets();
    }

    @Override
    public List<DmTarget> status(String name) throws ErrnoException {
        return answered(
                        DmIoctl.TABLE_STATUS,
                        name,
                        TARGET_BYTES,
                        room -> new DmIoctl(name, DmIoctl.FLAG_NOFLUSH, 0, room))
                .targets();
    }

    @Override
    public String message(String name, long sector, String message) throws ErrnoException {
        int words = Long.BYTES + message.getBytes(UTF_8).length + 1;
        return call(DmIoctl.TARGET_MSG, name, new DmIoctl(name, 0, 0, words).message(sector, message))
                .reply();
    }

    @Override
    public DmEvents events() throws ErrnoException {
        return new KernelEvents(Fd.open(CONTROL, OpenFlags.O_RDWR));
    }

    /** An open control node remembers the last event that its owner has seen, and is readable when there are more. */
    private record KernelEvents(Fd node) implements DmEvents {
        @Override
        public boolean await(Duration limit) throws ErrnoException {
            boolean happened = Poll.await(new int[] {node.number()}, Poll.POLLIN, limit)[0] != 0;
            byte[] request = new DmIoctl("", 0, 0, 0).bytes();
            Errno.check(
                    Libc.ioctl(node.number(), DmIoctl.requestNumber(DmIoctl.DEV_ARM_POLL), request),
                    "device-mapper ioctl " + DmIoctl.DEV_ARM_POLL,
                    node.name());
            return happened;
        }

        @Override
        public void close() {
            node.close();
        }
    }

    private interface Request {
        DmIoctl withRoom(int bytes);
    }

    /** Asks again with more room while the kernel says that its answer does not fit. */
    private DmIoctl answered(int command, String name, int firstRoom, Request request) throws ErrnoException {
        for (int room = firstRoom; ; room *= 4) {
            DmIoctl answer = call(command, name, request.withRoom(room));
            if (!answer.bufferFull() || room >= ANSWER_BYTES_MAX) {
                return answer;
            }
        }
    }

    private DmIoctl call(int command, String name, DmIoctl request) throws ErrnoException {
        Errno.check(ioctl(command, request), "device-mapper ioctl " + command, name);
        return request;
    }

    private int ioctl(int command, DmIoctl request) {
        return Libc.ioctl(control.number(), DmIoctl.requestNumber(command), request.bytes());
    }

    @Override
    public void close() {
        control.close();
    }
}
