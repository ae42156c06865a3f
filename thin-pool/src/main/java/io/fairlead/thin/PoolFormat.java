package io.fairlead.thin;

import io.fairlead.linux.device.LoopDevices;
import io.fairlead.linux.file.FileStat;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.OpenFlags;
import io.fairlead.thin.ThinPoolException.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Prepares devices for a new pool. */
public final class PoolFormat {
    private PoolFormat() {}

    /**
     * Wipes off the marks of the devices' former content, so that a pool begun on them is new and empty.
     *
     * @param devices the metadata device last: until it is wiped, a crash leaves a recognisable pool
     * @param overwrite whether their content may be lost
     * @throws ThinPoolException BUSY if a device is in use, NOT_OURS if a device holds foreign data and
     *     {@code overwrite} is false
     */
    public static void format(List<Path> devices, boolean overwrite) {
        devices.forEach(device -> requireIdle(device, OpenFlags.O_RDWR));
        if (!overwrite) {
            devices.forEach(PoolFormat::requireUnused);
        }
        try {
            for (Path device : devices) {
                BlockContent.wipe(device);
            }
        } catch (IOException e) {
            throw new ThinPoolException(
                    Reason.IO, "cannot prepare %s for a thin pool: %s".formatted(devices, e.getMessage()), e);
        }
    }

    /**
     * Looks whether {@link #format} would take the device without overwriting.
     *
     * @throws ThinPoolException as that would
     */
    public static void check(Path device) {
        requireIdle(device, OpenFlags.O_RDONLY); // closing after an open for writing would wake udev
        requireUnused(device);
    }

    /**
     * Refuses a device that is mounted or mapped, and a file that is attached: writing to it would be wrong for any
     * caller.
     */
    private static void requireIdle(Path device, int access) {
        try (Fd exclusive = Fd.open(device, access | OpenFlags.O_EXCL)) {
            if (FileStat.of(exclusive).isRegular()
                    && !LoopDevices.attachedBelow(device.toRealPath()).isEmpty()) {
                throw new ErrnoException(Errno.EBUSY, "open", device.toString());
            }
            Optional<Path> rival = LoopDevices.rival(device);
            if (rival.isPresent()) {
                throw new ErrnoException(Errno.EBUSY, "open", "%s, the file of %s".formatted(rival.get(), device));
            }
        } catch (IOException e) {
            boolean busy = e instanceof ErrnoException known && known.errno() == Errno.EBUSY;
            throw new ThinPoolException(
                    busy ? Reason.BUSY : Reason.IO,
                    "%s cannot become part of a thin pool: %s".formatted(device, e.getMessage()),
                    e);
        }
    }

    private static void requireUnused(Path device) {
        Optional<String> owner;
        try {
            owner = BlockContent.owner(device);
        } catch (IOException e) {
            throw new ThinPoolException(Reason.IO, "cannot look at %s: %s".formatted(device, e.getMessage()), e);
        }
        if (owner.isPresent()) {
            throw new ThinPoolException(
                    Reason.NOT_OURS, "%s holds %s; it is not overwritten unasked".formatted(device, owner.get()), null);
        }
    }
}
