package io.fairlead.linux.dm;

import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The device mapper in memory, with the targets {@code thin-pool} and {@code thin}. Strict: it answers with the
 * kernel's errno where the kernel refuses, and throws {@link AssertionError} where the kernel would let a caller
 * corrupt a pool. {@link #failOnCall} makes call n fail, {@link #crash} forgets every device but keeps the committed
 * state of pools.
 */
public final class ModelDeviceMapper implements DeviceMapper {
    /** Thrown by {@link #failOnCall}: the caller's process is gone. Not an exception that product code catches. */
    public static final class Killed extends Error {
        private static final long serialVersionUID = 1;

        Killed(int call) {
            super("killed at call " + call);
        }
    }

    private static final int MAJOR = 253;

    private static final class Device {
        final String name;
        final String uuid;
        final int minor;
        List<DmTarget> live = List.of();
        List<DmTarget> loaded;
        boolean suspended = true;
        int openCount;
        boolean removeWhenClosed;
        int events;

        Device(String name, String uuid, int minor) {
            this.name = name;
            this.uuid = uuid;
            this.minor = minor;
        }

        DmDevice view() {
            return new DmDevice(
                    name, uuid, MAJOR, minor, openCount, suspended, !live.isEmpty(), removeWhenClosed, events);
        }
    }

    private final Map<String, ModelThinPool> metadataDevices = new HashMap<>();
    private final Map<String, Device> devices = new LinkedHashMap<>();
    private int nextMinor;
    private int eventNumber;
    private int calls;
    private int failAt = -1;
    private boolean afterwards;
    private boolean dead;

    /** A metadata device by the path that a thin-pool table names. */
    public void attachMetadata(String path, ModelThinPool pool) {
        metadataDevices.put(path, pool);
    }

    /** Call n (counted from 1) kills the caller, before or after it has taken effect. */
    public void failOnCall(int n, boolean afterwards) {
        this.failAt = n;
        this.afterwards = afterwards;
        this.calls = 0;
        this.dead = false;
    }

    public int calls() {
        return calls;
    }

    /** The machine loses power: devices are gone, pools keep their committed state. */
    public synchronized void crash() {
        devices.clear();
        failAt = -1;
    }

    /** Pretends that a process opened or closed a device's node. */
    public synchronized void open(String name, int by) throws ErrnoException {
        Device device = existing(name, "open");
        device.openCount += by;
        if (device.openCount == 0 && device.removeWhenClosed) {
            discard(device);
        }
    }

    @Override
    public synchronized DmDevice create(String name, String uuid) throws ErrnoException {
        return step(() -> {
            if (devices.containsKey(name) || devices.values().stream().anyMatch(d -> d.uuid.equals(uuid))) {
                throw new ErrnoException(Errno.EBUSY, "ioctl DM_DEV_CREATE", name);
            }
            Device device = new Device(name, uuid, nextMinor++);
            devices.put(name, device);
            return device.view();
        });
    }

    @Override
    public synchronized void load(String name, List<DmTarget> table) throws ErrnoException {
        step(() -> {
            Device device = existing(name, "DM_TABLE_LOAD");
            for (DmTarget target : table) {
                construct(target);
            }
            device.loaded = List.copyOf(table);
            return null;
        });
    }

    private void construct(DmTarget target) throws ErrnoException {
        String[] words = target.parameters().split(" ");
        switch (target.type()) {
            case "thin-pool" -> {
                if (!metadataDevices.containsKey(words[0])) {
                    throw new ErrnoException(Errno.ENODEV, "ioctl DM_TABLE_LOAD", target.parameters());
                }
            }
            case "thin" -> {
                if (!poolOfNode(words[0]).thins.containsKey(Integer.parseInt(words[1]))) {
                    throw new ErrnoException(Errno.ENODATA, "ioctl DM_TABLE_LOAD", target.parameters());
                }
            }
            default -> throw new ErrnoException(Errno.EINVAL, "ioctl DM_TABLE_LOAD", target.type());
        }
    }

    @Override
    public synchronized DmDevice resume(String name) throws ErrnoException {
        return step(() -> {
            Device device = existing(name, "DM_DEV_SUSPEND");
            if (device.loaded != null) {
                device.live = device.loaded;
                device.loaded = null;
                growPool(device.live.get(0));
            }
            device.suspended = false;
            return device.view();
        });
    }

    /** A longer thin-pool table is more data space; the kernel refuses a shorter one. */
    private void growPool(DmTarget target) throws ErrnoException {
        if (target.type().equals("thin-pool")) {
            String[] words = target.parameters().split(" ");
            if (!metadataDevices.get(words[0]).growTo(target.sectors() / Long.parseLong(words[2]))) {
                throw new ErrnoException(Errno.EINVAL, "ioctl DM_DEV_SUSPEND", target.parameters());
            }
        }
    }

    @Override
    public synchronized void suspend(String name) throws ErrnoException {
        step(() -> {
            existing(name, "DM_DEV_SUSPEND").suspended = true;
            return null;
        });
    }

    @Override
    public synchronized void remove(String name, boolean deferred) throws ErrnoException {
        step(() -> {
            Device device = existing(name, "DM_DEV_REMOVE");
            if (device.openCount > 0 || usedByAnother(device)) {
                if (!deferred) {
                    throw new ErrnoException(Errno.EBUSY, "ioctl DM_DEV_REMOVE", name);
                }
                device.removeWhenClosed = true;
                return null;
            }
            discard(device);
            return null;
        });
    }

    private void discard(Device device) {
        devices.remove(device.name);
        devices.values().stream()
                .filter(d -> d.removeWhenClosed && d.openCount == 0 && !usedByAnother(d))
                .findFirst()
                .ifPresent(this::discard);
    }

    private boolean usedByAnother(Device device) {
        String node = MAJOR + ":" + device.minor;
        return devices.values().stream()
                .flatMap(d -> d.live.stream())
                .anyMatch(t -> List.of(t.parameters().split(" ")).contains(node));
    }

    @Override
    public synchronized void keep(String name) throws ErrnoException {
        step(() -> {
            existing(name, "DM_TARGET_MSG").removeWhenClosed = false;
            return null;
        });
    }

    @Override
    public synchronized Optional<DmDevice> find(String name) throws ErrnoException {
        return Optional.ofNullable(devices.get(name)).map(Device::view);
    }

    @Override
    public synchronized List<String> names() {
        return List.copyOf(devices.keySet());
    }

    @Override
    public synchronized List<DmTarget> table(String name) throws ErrnoException {
        return existing(name, "DM_TABLE_STATUS").live;
    }

    @Override
    public synchronized List<DmTarget> status(String name) throws ErrnoException {
        List<DmTarget> status = new ArrayList<>();
        for (DmTarget target : existing(name, "DM_TABLE_STATUS").live) {
            String[] words = target.parameters().split(" ");
            String text = target.type().equals("thin-pool")
                    ? metadataDevices.get(words[0]).status()
                    : "%d -"
                            .formatted(poolOfNode(words[0])
                                            .thins
                                            .get(Integer.parseInt(words[1]))
                                            .blocks()
                                    * 128);
            status.add(new DmTarget(target.startSector(), target.sectors(), target.type(), text));
        }
        return status;
    }

    @Override
    public synchronized String message(String name, long sector, String message) throws ErrnoException {
        return step(() -> {
            Device device = existing(name, "DM_TARGET_MSG");
            if (device.live.isEmpty() || !device.live.get(0).type().equals("thin-pool")) {
                throw new ErrnoException(Errno.EINVAL, "ioctl DM_TARGET_MSG", name);
            }
            obey(metadataDevices.get(device.live.get(0).parameters().split(" ")[0]), message.split(" "));
            return "";
        });
    }

    private void obey(ModelThinPool pool, String[] words) throws ErrnoException {
        String call = "thin-pool message " + String.join(" ", words);
        if (pool.mode == ModelThinPool.Mode.READ_ONLY || pool.mode == ModelThinPool.Mode.FAIL) {
            throw new ErrnoException(Errno.EOPNOTSUPP, call, "thin-pool");
        }
        switch (words[0]) {
            case "create_thin" -> add(pool, call, Integer.parseInt(words[1]), new ModelThinPool.Thin(0, -1));
            case "create_snap" -> {
                int origin = Integer.parseInt(words[2]);
                if (!pool.thins.containsKey(origin)) {
                    throw new ErrnoException(Errno.ENODATA, call, "thin-pool");
                }
                if (activeThin(origin).filter(d -> !d.suspended).isPresent()) {
                    throw new AssertionError("snapshot of an active origin that is not suspended: " + call);
                }
                add(pool, call, Integer.parseInt(words[1]), new ModelThinPool.Thin(0, origin));
            }
            case "delete" -> {
                int id = Integer.parseInt(words[1]);
                if (activeThin(id).isPresent()) {
                    throw new ErrnoException(Errno.EBUSY, call, "thin-pool");
                }
                if (pool.thins.remove(id) == null) {
                    throw new ErrnoException(Errno.ENODATA, call, "thin-pool");
                }
                if (pool.mode == ModelThinPool.Mode.OUT_OF_DATA_SPACE && pool.usedDataBlocks() < pool.dataBlocks) {
                    pool.mode = ModelThinPool.Mode.WRITE;
                }
            }
            case "set_transaction_id" -> {
                if (Long.parseLong(words[1]) != pool.transactionId) {
                    throw new ErrnoException(Errno.EINVAL, call, "thin-pool");
                }
                pool.transactionId = Long.parseLong(words[2]);
            }
            default -> throw new ErrnoException(Errno.EINVAL, call, "thin-pool");
        }
    }

    private static void add(ModelThinPool pool, String call, int id, ModelThinPool.Thin thin) throws ErrnoException {
        if (pool.thins.putIfAbsent(id, thin) != null) {
            throw new ErrnoException(Errno.EEXIST, call, "thin-pool");
        }
    }

    private Optional<Device> activeThin(int id) {
        return devices.values().stream()
                .filter(d -> !d.live.isEmpty() && d.live.get(0).type().equals("thin"))
                .filter(d -> Integer.parseInt(d.live.get(0).parameters().split(" ")[1]) == id)
                .findFirst();
    }

    private ModelThinPool poolOfNode(String node) throws ErrnoException {
        return devices.values().stream()
                .filter(d -> node.equals(MAJOR + ":" + d.minor) && !d.live.isEmpty())
                .map(d -> metadataDevices.get(d.live.get(0).parameters().split(" ")[0]))
                .findFirst()
                .orElseThrow(() -> new ErrnoException(Errno.ENODEV, "ioctl DM_TABLE_LOAD", node));
    }

    /** Pretends that some device had an event. */
    public synchronized void raiseEvent() {
        eventNumber++;
        notifyAll();
    }

    @Override
    public synchronized DmEvents events() {
        return new ModelEvents(eventNumber);
    }

    private final class ModelEvents implements DmEvents {
        private int seen;

        ModelEvents(int seen) {
            this.seen = seen;
        }

        @Override
        public boolean await(Duration limit) {
            synchronized (ModelDeviceMapper.this) {
                long deadline = System.nanoTime() + limit.toNanos();
                for (long left = limit.toMillis(); seen == eventNumber && left > 0; ) {
                    try {
                        ModelDeviceMapper.this.wait(left);
                    } catch (InterruptedException e) {
                        throw new AssertionError("interrupted while waiting for a device-mapper event", e);
                    }
                    left = (deadline - System.nanoTime()) / 1_000_000;
                }
                boolean happened = seen != eventNumber;
                seen = eventNumber;
                return happened;
            }
        }

        @Override
        public void close() {
            seen = -1;
        }
    }

    private Device existing(String name, String call) throws ErrnoException {
        Device device = devices.get(name);
        if (device == null) {
            throw new ErrnoException(Errno.ENXIO, "ioctl " + call, name);
        }
        return device;
    }

    private interface Step<T> {
        T run() throws ErrnoException;
    }

    private <T> T step(Step<T> act) throws ErrnoException {
        calls++;
        if (dead || calls == failAt && !afterwards) {
            throw die();
        }
        T result;
        try {
            result = act.run();
        } catch (ErrnoException e) {
            if (calls == failAt) {
                throw die();
            }
            throw e;
        }
        if (calls == failAt) {
            throw die();
        }
        return result;
    }

    /** The caller's process is gone: its attempts on the way out have no effect. */
    public synchronized Killed die() {
        dead = true;
        return new Killed(calls);
    }
}
