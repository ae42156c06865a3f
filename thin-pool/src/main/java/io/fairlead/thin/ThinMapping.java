package io.fairlead.thin;

import io.fairlead.linux.dm.DeviceMapper;
import io.fairlead.linux.dm.DmDevice;
import io.fairlead.linux.dm.DmTarget;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Thin devices as mapped devices with nodes. A mapped device is named by its id: a name may be given anew, an id never.
 */
final class ThinMapping {
    private final String poolName;
    private final ThinPlatform platform;
    private final DeviceMapper deviceMapper;
    private final DmDevice pool;

    ThinMapping(String poolName, ThinPlatform platform, DmDevice pool) {
        this.poolName = poolName;
        this.platform = platform;
        this.deviceMapper = platform.deviceMapper();
        this.pool = pool;
    }

    /**
     * Maps the device unless it is mapped, and makes its node.
     *
     * @throws ErrnoException ENODATA if the pool lacks the id
     */
    Path map(ThinDevice device) throws ErrnoException {
        DmDevice mapped = isNew(device) ? load(device) : standing(device);
        return platform.nodes().make(device.name(), mapped.major(), mapped.minor());
    }

    /** Makes the mapped device unless it exists: one call, where a look before would make two. */
    private boolean isNew(ThinDevice device) throws ErrnoException {
        try {
            create(device);
            return true;
        } catch (ErrnoException e) {
            if (e.errno() != Errno.EBUSY) {
                throw e;
            }
            return false;
        }
    }

    private void create(ThinDevice device) throws ErrnoException {
        String name = dmName(device);
        deviceMapper.create(name, "%s-%s".formatted(name, device.name()));
    }

    private DmDevice standing(ThinDevice device) throws ErrnoException {
        Optional<DmDevice> found = find(device);
        if (found.filter(DmDevice::removing).isPresent()) {
            found = keep(device);
        }
        if (found.isEmpty()) {
            create(device); // its last user has just left
            return load(device);
        }
        boolean works = found.get().live() && !found.get().suspended();
        return works ? found.get() : load(device);
    }

    /** A device that its last user has yet to leave is taken into service again, if it is still there. */
    private Optional<DmDevice> keep(ThinDevice device) throws ErrnoException {
        try {
            deviceMapper.keep(dmName(device));
        } catch (ErrnoException e) {
            if (e.errno() != Errno.ENXIO) {
                throw e;
            }
        }
        return find(device);
    }

    private DmDevice load(ThinDevice device) throws ErrnoException {
        String name = dmName(device);
        try {
            deviceMapper.load(name, List.of(target(device)));
            return deviceMapper.resume(name);
        } catch (ErrnoException e) {
            deviceMapper.remove(name, true);
            throw e;
        }
    }

    /** Gives a mapped device its new size. */
    void resize(ThinDevice device) throws ErrnoException {
        deviceMapper.load(dmName(device), List.of(target(device)));
        deviceMapper.suspend(dmName(device));
        deviceMapper.resume(dmName(device)); // takes the loaded table
    }

    private DmTarget target(ThinDevice device) {
        return new DmTarget(
                0,
                device.sizeBytes() / DmTarget.SECTOR_BYTES,
                "thin",
                "%d:%d %d".formatted(pool.major(), pool.minor(), device.deviceId()));
    }

    /**
     * Takes node and mapping away. Harmless if it is not mapped.
     *
     * @return false for a device in use, which goes when its last user leaves
     */
    boolean unmap(ThinDevice device) throws ErrnoException {
        platform.nodes().remove(device.name());
        return unmapId(device);
    }

    /** As {@link #unmap}, for a device whose name may belong to another device by now. */
    boolean unmapId(ThinDevice device) throws ErrnoException {
        if (find(device).isEmpty()) {
            return true;
        }
        try {
            deviceMapper.remove(dmName(device), false);
            return true;
        } catch (ErrnoException e) {
            if (e.errno() != Errno.EBUSY) {
                throw e;
            }
            deviceMapper.remove(dmName(device), true);
            return false;
        }
    }

    Optional<DmDevice> find(ThinDevice device) throws ErrnoException {
        return deviceMapper.find(dmName(device));
    }

    boolean isMapped(ThinDevice device) throws ErrnoException {
        return find(device).filter(DmDevice::live).isPresent();
    }

    /** The space in the pool that a mapped device uses; its status is "sectors highest", or Fail. */
    long mappedBytes(ThinDevice device) throws ErrnoException {
        String sectors = deviceMapper.status(dmName(device)).get(0).parameters().split(" ")[0];
        return sectors.matches("\\d+") ? Long.parseLong(sectors) * DmTarget.SECTOR_BYTES : 0;
    }

    boolean isOpen(ThinDevice device) throws ErrnoException {
        return find(device).filter(d -> d.openCount() > 0).isPresent();
    }

    /** Whether the pool has the device's id. A table that names a missing id cannot be loaded; loading maps nothing. */
    boolean exists(ThinDevice device) throws ErrnoException {
        Optional<DmDevice> mapped = find(device);
        if (mapped.isPresent() && mapped.get().live()) {
            return true;
        }
        if (mapped.isEmpty()) {
            deviceMapper.create(dmName(device), dmName(device));
        }
        try {
            deviceMapper.load(dmName(device), List.of(target(device)));
            return true;
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ENODATA) {
                return false;
            }
            throw e;
        } finally {
            deviceMapper.remove(dmName(device), false);
        }
    }

    /** Repairs a mapped device that a crash left suspended, or short of its recorded size. */
    void settle(ThinDevice device) throws ErrnoException {
        Optional<DmDevice> mapped = find(device).filter(DmDevice::live);
        if (mapped.isEmpty()) {
            return;
        }
        if (mapped.get().suspended()) {
            resume(device);
        }
        if (deviceMapper.table(dmName(device)).get(0).sectors()
                != target(device).sectors()) {
            resize(device);
        }
    }

    void suspend(ThinDevice device) throws ErrnoException {
        deviceMapper.suspend(dmName(device));
    }

    void resume(ThinDevice device) throws ErrnoException {
        deviceMapper.resume(dmName(device));
    }

    /** Tells the kernel to forget an id; false if it knew none such. */
    boolean deleteId(int id) throws ErrnoException {
        try {
            deviceMapper.message(poolName, 0, "delete " + id);
            return true;
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ENODATA) {
                return false;
            }
            throw e;
        }
    }

    private String dmName(ThinDevice device) {
        return poolName + "-" + device.deviceId();
    }
}
