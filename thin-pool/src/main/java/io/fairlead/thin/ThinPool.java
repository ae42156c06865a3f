package io.fairlead.thin;

import io.fairlead.linux.dm.DeviceMapper;
import io.fairlead.linux.dm.DmDevice;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.thin.ThinPoolException.Reason;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A thin pool and its devices. Records are read from memory; a change is durable when its method returns. Safe for use
 * from any thread: changes of different devices run in parallel, changes of one follow each other.
 */
public final class ThinPool implements AutoCloseable {
    private final ThinPoolConfig config;
    private final DeviceMapper deviceMapper;
    private final ThinRecords records;
    private final DeviceNodes nodes;
    private final DmDevice pool;
    private final ThinIds ids;
    private final Map<String, ThinDevice> devices = new ConcurrentHashMap<>();
    private final NameLocks locks = new NameLocks();

    private ThinPool(
            ThinPoolConfig config, DeviceMapper deviceMapper, ThinRecords records, DeviceNodes nodes, DmDevice pool) {
        this.config = config;
        this.deviceMapper = deviceMapper;
        this.records = records;
        this.nodes = nodes;
        this.pool = pool;
        this.ids = new ThinIds(records, records.counters().reservedId());
        records.devices().forEach(device -> devices.put(device.name(), device));
    }

    /**
     * Assembles the pool, or takes over one that stands, and repairs what a crash left. A pool that takes no changes opens
     * all the same, for reading.
     *
     * @throws ThinPoolException NOT_OURS when somebody else has written to it
     */
    public static ThinPool open(
            ThinPoolConfig config, DeviceMapper deviceMapper, ThinRecords records, DeviceNodes nodes) {
        try {
            DmDevice pool = new ThinPoolOpener(config, deviceMapper, records).open();
            return new ThinPool(config, deviceMapper, records, nodes, pool);
        } catch (ErrnoException e) {
            throw failure(config, "open", config.dmName(), e);
        }
    }

    public Collection<ThinDevice> devices() {
        return List.copyOf(devices.values());
    }

    /** The kernel's own numbers, fresh: one ioctl that waits for no I/O. */
    public ThinPoolStatus status() {
        try {
            return ThinPoolOpener.status(deviceMapper, config.dmName());
        } catch (ErrnoException e) {
            throw failure(config, "ask", config.dmName(), e);
        }
    }

    /** Makes an empty device. @throws ThinPoolException NO_SPACE, EXISTS, NEEDS_REPAIR */
    public ThinDevice create(String name, long sizeBytes) {
        return change("create", name, name, () -> {
            admit(name);
            int id = ids.take();
            return record(new ThinDevice(name, id, sizeBytes, null, ThinDevice.Stage.CREATED), "create_thin " + id);
        });
    }

    /**
     * Makes a device that starts as a copy of {@code origin} and shares its blocks. An active origin is suspended for the
     * moment, which freezes its file system: the copy is consistent.
     *
     * @param sizeBytes at least the origin's
     */
    public ThinDevice snapshot(String origin, String name, long sizeBytes) {
        return change("snapshot", origin, name, () -> {
            ThinDevice from = existing(origin);
            requireNotSmaller(sizeBytes, from);
            admit(name);
            int id = ids.take();
            ThinDevice copy = new ThinDevice(name, id, sizeBytes, origin, ThinDevice.Stage.CREATED);
            String message = "create_snap %d %d".formatted(id, from.deviceId());
            return isActive(origin) ? whileSuspended(origin, () -> record(copy, message)) : record(copy, message);
        });
    }

    /** Kernel first, record second: what has a record exists, and what lacks one is deleted at the next start. */
    private ThinDevice record(ThinDevice device, String message) throws ErrnoException {
        deviceMapper.message(config.dmName(), 0, message);
        return keep(device);
    }

    private ThinDevice keep(ThinDevice device) {
        records.put(device);
        devices.put(device.name(), device);
        return device;
    }

    /** Makes the device's node appear; returns it. Activating an active device is harmless. */
    public Path activate(String name) {
        return change("activate", name, name, () -> {
            ThinDevice device = existing(name);
            DmDevice active = deviceMapper.find(dmName(name)).orElse(null);
            if (active == null || !active.live()) {
                active = map(device, active != null);
            }
            return nodes.make(name, active.major(), active.minor());
        });
    }

    private DmDevice map(ThinDevice device, boolean standsWithoutTable) throws ErrnoException {
        String dmName = dmName(device.name());
        if (!standsWithoutTable) {
            deviceMapper.create(dmName, dmName);
        }
        try {
            deviceMapper.load(dmName, List.of(ThinPoolOpener.thinTarget(pool, device)));
            return deviceMapper.resume(dmName);
        } catch (ErrnoException e) {
            deviceMapper.remove(dmName, false);
            throw e;
        }
    }

    /** Takes the node away; a device that is still mounted somewhere goes when its last user leaves. */
    public void deactivate(String name) {
        change("deactivate", name, name, () -> {
            existing(name);
            nodes.remove(name);
            if (isActive(name)) {
                deviceMapper.remove(dmName(name), true);
            }
            return null;
        });
    }

    /** Grows a device, at once if it is active; its file system is the caller's affair. */
    public ThinDevice grow(String name, long newSizeBytes) {
        return change("grow", name, name, () -> {
            ThinDevice old = existing(name);
            requireNotSmaller(newSizeBytes, old);
            ThinDevice grown = keep(old.resized(newSizeBytes));
            if (isActive(name)) {
                deviceMapper.load(dmName(name), List.of(ThinPoolOpener.thinTarget(pool, grown)));
                whileSuspended(name, () -> grown); // resuming takes the loaded table
            }
            return grown;
        });
    }

    /** Deletes a device for good; works on a full pool. @throws ThinPoolException BUSY while it is open */
    public void delete(String name) {
        change("delete", name, name, () -> {
            ThinDevice device = recorded(name);
            if (deviceMapper.find(dmName(name)).filter(d -> d.openCount() > 0).isPresent()) {
                throw new ThinPoolException(Reason.BUSY, "thin device %s is in use".formatted(name), null);
            }
            requireChangeable();
            ThinDevice removing = keep(device.at(ThinDevice.Stage.REMOVING));
            nodes.remove(name);
            ThinPoolOpener.removeForGood(config.dmName(), deviceMapper, records, removing);
            devices.remove(name);
            return null;
        });
    }

    private ThinDevice whileSuspended(String name, NameLocks.Act<ThinDevice> act) throws ErrnoException {
        deviceMapper.suspend(dmName(name));
        try {
            return act.run();
        } finally {
            deviceMapper.resume(dmName(name));
        }
    }

    private void admit(String name) {
        if (devices.containsKey(name)) {
            throw new ThinPoolException(Reason.EXISTS, "thin device %s exists".formatted(name), null);
        }
        ThinPoolStatus status = requireChangeable();
        int most = 100 - ThinPoolConfig.RESERVE_PERCENT;
        if (status.dataPercent() >= most || status.metadataPercent() >= most) {
            throw new ThinPoolException(
                    Reason.NO_SPACE,
                    "thin pool %s is too full for %s: data %d %%, metadata %d %% used (limit: %d %%)"
                            .formatted(config.dmName(), name, status.dataPercent(), status.metadataPercent(), most),
                    null);
        }
    }

    private ThinPoolStatus requireChangeable() {
        ThinPoolStatus status = status();
        if (!status.takesMessages()) {
            throw new ThinPoolException(
                    Reason.NEEDS_REPAIR, "thin pool %s takes no changes: %s".formatted(config.dmName(), status), null);
        }
        return status;
    }

    private static void requireNotSmaller(long sizeBytes, ThinDevice than) {
        if (sizeBytes < than.sizeBytes()) {
            throw new IllegalArgumentException("sizeBytes: %d (expected: at least %d, the size of %s)"
                    .formatted(sizeBytes, than.sizeBytes(), than.name()));
        }
    }

    private ThinDevice existing(String name) {
        ThinDevice device = recorded(name);
        if (device.stage() != ThinDevice.Stage.CREATED) {
            throw new ThinPoolException(Reason.NO_DEVICE, "thin device %s is %s".formatted(name, device.stage()), null);
        }
        return device;
    }

    private ThinDevice recorded(String name) {
        ThinDevice device = devices.get(name);
        if (device == null) {
            throw new ThinPoolException(
                    Reason.NO_DEVICE, "thin pool %s has no device %s".formatted(config.dmName(), name), null);
        }
        return device;
    }

    private boolean isActive(String name) throws ErrnoException {
        return deviceMapper.find(dmName(name)).isPresent();
    }

    private String dmName(String name) {
        return config.dmName() + "-" + name;
    }

    private <T> T change(String what, String origin, String name, NameLocks.Act<T> act) {
        try {
            return locks.with(origin, name, act);
        } catch (ErrnoException e) {
            throw failure(config, what, name, e);
        }
    }

    private static ThinPoolException failure(ThinPoolConfig config, String what, String about, ErrnoException e) {
        Reason reason =
                switch (e.errno()) {
                    case Errno.EBUSY -> Reason.BUSY;
                    case Errno.ENOSPC -> Reason.NO_SPACE;
                    case Errno.ENODATA -> Reason.NO_DEVICE;
                    case Errno.EOPNOTSUPP -> Reason.NEEDS_REPAIR;
                    default -> Reason.IO;
                };
        return new ThinPoolException(reason, "cannot %s %s in thin pool %s".formatted(what, about, config.dmName()), e);
    }

    /** Leaves the pool and active devices standing, for the next daemon and for what is mounted. */
    @Override
    public void close() {
        records.close();
    }
}
