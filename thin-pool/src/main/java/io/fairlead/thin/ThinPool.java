package io.fairlead.thin;

import io.fairlead.kit.lock.StripedLocks;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.thin.ThinPoolException.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A thin pool and its devices. Records are read from memory; a change is durable when its method returns. Safe for use
 * from any thread: changes of different devices run in parallel, changes of one follow each other.
 */
public final class ThinPool implements AutoCloseable {
    private final ThinPlatform platform;
    private final PoolDevice pool;
    private final ThinRecords records;
    private final ThinMapping mapping;
    private final ThinIds ids;
    private final ThinReaper reaper;
    private final Map<String, ThinDevice> devices = new ConcurrentHashMap<>();
    /** Bytes that devices have mapped, by id, where we know: only one that is active comes to map more. */
    private final Map<Integer, Long> mapped = new ConcurrentHashMap<>();

    private final StripedLocks locks = new StripedLocks();

    private ThinPool(PoolDevice pool, ThinPlatform platform, ThinRecords records, ThinMapping mapping) {
        this.pool = pool;
        this.platform = platform;
        this.records = records;
        this.mapping = mapping;
        this.ids = new ThinIds(records, records.counters().reservedId());
        this.reaper = new ThinReaper(pool.dmName(), mapping, records);
        for (ThinDevice device : records.devices()) {
            if (device.stage() == ThinDevice.Stage.REMOVING) {
                reaper.remove(device);
            } else {
                devices.put(device.name(), device);
            }
        }
    }

    /**
     * Assembles the pool, or takes over a standing one, and repairs the remains of a crash. A pool that takes no
     * changes still opens, for reading. Metadata that may have seen a crash are checked first, which takes minutes on
     * large pools.
     *
     * @param records closed with the pool; if this throws, the caller closes them
     * @throws ThinPoolException NOT_OURS when another program has written to it, NEEDS_REPAIR when its metadata are
     *     damaged
     */
    public static ThinPool open(ThinPoolConfig config, ThinPlatform platform, ThinRecords records) {
        PoolDevice pool = new PoolDevice(platform.deviceMapper(), config);
        try {
            ThinMapping mapping = new ThinPoolOpener(config, platform, records).open();
            return new ThinPool(pool, platform, records, mapping);
        } catch (IOException e) {
            throw pool.failure("open", config.dmName(), e);
        }
    }

    public Collection<ThinDevice> devices() {
        return List.copyOf(devices.values());
    }

    /** One device by its name, at any stage. */
    public Optional<ThinDevice> find(String name) {
        return Optional.ofNullable(devices.get(name));
    }

    /** How many deleted devices still wait for their last user to leave. */
    public int pendingRemovals() {
        return reaper.pending();
    }

    public ThinPoolConfig config() {
        return pool.config();
    }

    /** The kernel's own numbers, fresh: one ioctl that waits for no I/O. */
    public ThinPoolStatus status() {
        return pool.status();
    }

    /**
     * Space that a device has mapped, shared with its relatives or not; one that is not active is mapped for the
     * moment, the first time. 0 in a pool that has failed, which tells nothing.
     */
    public long mappedBytes(String name) {
        return change("ask", name, name, () -> {
            ThinDevice device = existing(name);
            Long known = mapped.get(device.deviceId());
            if (known != null) {
                return known;
            }
            if (mapping.isMapped(device)) {
                return mapping.mappedBytes(device);
            }
            if (pool.hasFailed()) {
                return 0L;
            }
            mapping.map(device);
            try {
                return mapping.mappedBytes(device);
            } finally {
                unmap(device);
            }
        });
    }

    /** As {@link #create(String, long, String, ThinRole)}, a volume. */
    public ThinDevice create(String name, long sizeBytes, String content) {
        return create(name, sizeBytes, content, ThinRole.VOLUME);
    }

    /**
     * Makes an empty device.
     *
     * @param content see {@link ThinDevice#content}
     * @throws ThinPoolException NO_SPACE, EXISTS, NEEDS_REPAIR
     */
    public ThinDevice create(String name, long sizeBytes, String content, ThinRole role) {
        return change("create", name, name, () -> {
            admit(name, sizeBytes);
            int id = ids.take();
            ThinDevice device = new ThinDevice(name, id, sizeBytes, null, content, ThinDevice.Stage.CREATED, role);
            record(device, "create_thin " + id);
            mapped.put(id, 0L);
            return device;
        });
    }

    /** As {@link #snapshot(String, String, long, ThinRole)}, a volume. */
    public ThinDevice snapshot(String origin, String name, long sizeBytes) {
        return snapshot(origin, name, sizeBytes, ThinRole.VOLUME);
    }

    /**
     * Makes a device that starts as a copy of {@code origin} and shares its blocks. An active origin is suspended for
     * the moment, which freezes its file system: the copy is consistent.
     *
     * @param sizeBytes at least the origin's
     */
    public ThinDevice snapshot(String origin, String name, long sizeBytes, ThinRole role) {
        return change("snapshot", origin, name, () -> {
            ThinDevice from = existing(origin);
            requireNotSmaller(sizeBytes, from);
            admit(name, sizeBytes);
            int id = ids.take();
            ThinDevice copy =
                    new ThinDevice(name, id, sizeBytes, origin, from.content(), ThinDevice.Stage.CREATED, role);
            String message = "create_snap %d %d".formatted(id, from.deviceId());
            if (mapping.isMapped(from)) {
                whileSuspended(from, () -> {
                    long bytes = mapping.mappedBytes(from);
                    record(copy, message);
                    mapped.put(id, bytes);
                });
            } else {
                record(copy, message);
                Optional.ofNullable(mapped.get(from.deviceId())).ifPresent(bytes -> mapped.put(id, bytes));
            }
            return copy;
        });
    }

    /**
     * Kernel first, record second: a device with a record exists, and a device without one is deleted at the next
     * start.
     */
    private void record(ThinDevice device, String message) throws ErrnoException {
        pool.message(message);
        keep(device);
    }

    private ThinDevice keep(ThinDevice device) {
        records.put(device);
        devices.put(device.name(), device);
        return device;
    }

    private interface Act {
        void run() throws ErrnoException;
    }

    private void whileSuspended(ThinDevice device, Act act) throws ErrnoException {
        mapping.suspend(device);
        try {
            act.run();
        } finally {
            mapping.resume(device);
        }
    }

    /** Makes the device's node appear; returns it. Activating an active device is harmless. */
    public Path activate(String name) {
        return change("activate", name, name, () -> {
            ThinDevice device = existing(name);
            mapped.remove(device.deviceId());
            return mapping.map(device);
        });
    }

    /** Takes the node away; a device that is still mounted somewhere goes when its last user leaves. */
    public void deactivate(String name) {
        change("deactivate", name, name, () -> {
            unmap(existing(name));
            return null;
        });
    }

    /** The last known use of space is kept, so that asking for it needs no mapping. */
    private void unmap(ThinDevice device) throws ErrnoException {
        // A device that its last user has yet to leave may go at any moment.
        boolean stays = mapping.find(device)
                .filter(standing -> standing.live() && !standing.removing())
                .isPresent();
        long bytes = stays ? mapping.mappedBytes(device) : 0;
        if (mapping.unmap(device) && stays) {
            mapped.put(device.deviceId(), bytes);
        }
    }

    /** Whether the device is open, by a mount for example. */
    public boolean isOpen(String name) {
        return change("ask", name, name, () -> mapping.isOpen(existing(name)));
    }

    /** Grows a device, at once if it is active; its file system is the caller's affair. */
    public ThinDevice grow(String name, long newSizeBytes) {
        return change("grow", name, name, () -> {
            ThinDevice old = existing(name);
            requireNotSmaller(newSizeBytes, old);
            ThinDevice grown = keep(old.resized(newSizeBytes));
            if (mapping.isMapped(grown)) {
                mapping.resize(grown);
            }
            return grown;
        });
    }

    /** Gives a device another part to play, such as that of a layer once its content is complete. */
    public ThinDevice assign(String name, ThinRole role) {
        return change("assign", name, name, () -> keep(existing(name).playing(role)));
    }

    /** Deletes a device for good; works on a full pool. @throws ThinPoolException BUSY while it is open */
    public void delete(String name) {
        change("delete", name, name, () -> {
            ThinDevice device = recorded(name);
            requireClosed(device);
            remove(device);
            return null;
        });
    }

    /** Deletes a device that may be in use: its name is free at once, its space when its last user has left. */
    public void discard(String name) {
        change("delete", name, name, () -> {
            remove(recorded(name));
            return null;
        });
    }

    private void remove(ThinDevice device) {
        pool.requireChangeable();
        ThinDevice removing = device.at(ThinDevice.Stage.REMOVING);
        records.put(removing);
        devices.remove(device.name());
        mapped.remove(device.deviceId());
        platform.nodes().remove(device.name());
        reaper.remove(removing);
    }

    /**
     * Deletes a device and gives its name, its origin and its role to another: one or the other has the name at any
     * moment, and after a crash. Works on a full pool.
     *
     * @param name may be LOST: then it is found again
     * @throws ThinPoolException BUSY while either is open
     */
    public ThinDevice replace(String name, String by) {
        return change("replace", by, name, () -> {
            ThinDevice old = recorded(name);
            ThinDevice next = existing(by);
            requireClosed(old);
            requireClosed(next);
            pool.requireChangeable();
            mapping.unmap(next); // its node has the name that ends
            ThinDevice removing = old.at(ThinDevice.Stage.REMOVING);
            ThinDevice renamed = next.inPlaceOf(old);
            records.putBoth(removing, renamed);
            devices.put(name, renamed);
            devices.remove(by);
            mapped.remove(old.deviceId());
            platform.nodes().remove(name);
            reaper.remove(removing);
            return renamed;
        });
    }

    private void requireClosed(ThinDevice device) throws ErrnoException {
        if (mapping.isOpen(device)) {
            throw new ThinPoolException(Reason.BUSY, "thin device %s is in use".formatted(device.name()), null);
        }
    }

    /**
     * Takes grown devices into use: data to the given size, metadata to its device's present size. Active devices stay
     * active; I/O waits for the moment.
     *
     * @param dataSectors at least the pool's present size
     * @throws ThinPoolException NEEDS_REPAIR for a pool that takes no changes: the kernel would pass over the growth
     */
    public void resizePool(long dataSectors) {
        pool.resize(dataSectors);
    }

    private void admit(String name, long sizeBytes) {
        if (devices.containsKey(name)) {
            throw new ThinPoolException(Reason.EXISTS, "thin device %s exists".formatted(name), null);
        }
        new ThinAdmission(pool.config()).admit(name, sizeBytes, pool.requireChangeable(), devices.values());
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
        return find(name)
                .orElseThrow(() -> new ThinPoolException(
                        Reason.NO_DEVICE, "thin pool %s has no device %s".formatted(pool.dmName(), name), null));
    }

    private <T> T change(String what, String origin, String name, StripedLocks.Act<T, ErrnoException> act) {
        try {
            return locks.with(origin, name, act);
        } catch (ErrnoException e) {
            if (pool.hasFailed()) { // the kernel's word for that is EINVAL
                throw new ThinPoolException(
                        Reason.NEEDS_REPAIR,
                        "cannot %s %s: thin pool %s has failed".formatted(what, name, pool.dmName()),
                        e);
            }
            throw pool.failure(what, name, e);
        }
    }

    /**
     * Takes the pool down in order, so that its next start needs no check, and closes it. No other call may run.
     *
     * @throws ThinPoolException BUSY, and the pool stays up, while a device is open
     */
    public void stop() {
        boolean clean;
        try {
            for (ThinDevice device : devices.values()) {
                requireClosed(device);
            }
            for (ThinDevice device : devices.values()) {
                mapping.unmap(device);
            }
            clean = status().takesMessages(); // a broken one is looked at before its next use
            pool.remove();
        } catch (ErrnoException e) {
            throw pool.failure("stop", pool.dmName(), e);
        }
        reaper.close();
        records.setClean(clean);
        records.close();
    }

    /** Leaves the pool and active devices standing, for the next daemon and for mounted file systems. */
    @Override
    public void close() {
        reaper.close();
        records.close();
    }
}
