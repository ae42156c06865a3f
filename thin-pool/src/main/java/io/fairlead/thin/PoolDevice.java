package io.fairlead.thin;

import io.fairlead.linux.dm.DeviceMapper;
import io.fairlead.linux.dm.DmDevice;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.thin.ThinPoolException.Reason;
import java.io.IOException;
import java.util.List;

/** The mapped device of the pool itself: its state, its size, and its reasons for a refusal. */
final class PoolDevice {
    private final DeviceMapper deviceMapper;
    private volatile ThinPoolConfig config;

    PoolDevice(DeviceMapper deviceMapper, ThinPoolConfig config) {
        this.deviceMapper = deviceMapper;
        this.config = config;
    }

    /** As it is now: a pool grows. */
    ThinPoolConfig config() {
        return config;
    }

    String dmName() {
        return config.dmName();
    }

    ThinPoolStatus status() {
        try {
            return ThinPoolOpener.status(deviceMapper, dmName());
        } catch (ErrnoException e) {
            throw failure("ask", dmName(), e);
        }
    }

    /** @throws ThinPoolException NEEDS_REPAIR */
    ThinPoolStatus requireChangeable() {
        ThinPoolStatus status = status();
        if (!status.takesMessages()) {
            throw new ThinPoolException(
                    Reason.NEEDS_REPAIR, "thin pool %s takes no changes: %s".formatted(dmName(), status), null);
        }
        return status;
    }

    boolean hasFailed() {
        return status().mode() == ThinPoolStatus.Mode.FAILED;
    }

    void message(String message) throws ErrnoException {
        deviceMapper.message(dmName(), 0, message);
    }

    void remove() throws ErrnoException {
        deviceMapper.remove(dmName(), false);
    }

    /** See {@link ThinPool#resizePool}. */
    synchronized void resize(long dataSectors) {
        if (dataSectors < config.dataSectors()) {
            throw new IllegalArgumentException(
                    "dataSectors: %d (expected: at least %d)".formatted(dataSectors, config.dataSectors()));
        }
        ThinPoolConfig grown = config.withDataSectors(dataSectors);
        requireChangeable();
        try {
            reload(grown);
            config = grown;
        } catch (ErrnoException e) {
            resumeAfterAll(e);
            throw failure("resize", dmName(), e);
        }
    }

    private void reload(ThinPoolConfig next) throws ErrnoException {
        deviceMapper.load(next.dmName(), List.of(next.target()));
        deviceMapper.suspend(next.dmName());
        deviceMapper.resume(next.dmName());
    }

    /** A pool that stays suspended holds every writer for good. */
    private void resumeAfterAll(ErrnoException why) {
        try {
            if (deviceMapper.find(dmName()).filter(DmDevice::suspended).isPresent()) {
                deviceMapper.load(dmName(), List.of(config.target()));
                deviceMapper.resume(dmName());
            }
        } catch (ErrnoException e) {
            why.addSuppressed(e);
        }
    }

    /** In words, with the reason that its error number tells. */
    ThinPoolException failure(String what, String about, IOException e) {
        int errno = e instanceof ErrnoException known ? known.errno() : 0;
        Reason reason =
                switch (errno) {
                    case Errno.EBUSY -> Reason.BUSY;
                    case Errno.ENOSPC -> Reason.NO_SPACE;
                    case Errno.ENODATA -> Reason.NO_DEVICE;
                    case Errno.EOPNOTSUPP -> Reason.NEEDS_REPAIR;
                    default -> Reason.IO;
                };
        return new ThinPoolException(
                reason, "cannot %s %s in thin pool %s: %s".formatted(what, about, dmName(), e.getMessage()), e);
    }
}
