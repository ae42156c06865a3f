package io.fairlead.storage.driver;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One pool of a {@link FakePoolDriver}; its volumes are arrays, so keep them small. */
public final class FakePoolBackend implements PoolBackend {
    public static final long CAPACITY_BYTES = 64 << 20;

    private Runnable duringScan = () -> {};
    private final FakePoolDriver driver;
    private final Path target;
    private final Map<String, byte[]> volumes;
    private final Map<String, Map<String, byte[]>> snapshots = new HashMap<>(); // by volume and id
    private final Set<String> inUse = new HashSet<>();
    private boolean active;
    private int trims;
    private Runnable levelListener = () -> {};

    FakePoolBackend(FakePoolDriver driver, Path target, Map<String, byte[]> volumes) {
        this.driver = driver;
        this.target = target;
        this.volumes = volumes;
    }

    synchronized void setActive(boolean now) {
        active = now;
    }

    synchronized boolean isActive() {
        return active;
    }

    synchronized boolean isEmpty() {
        return volumes.isEmpty();
    }

    private void called(String what) {
        driver.called(what);
        if (!active) {
            throw new IllegalStateException("%s: the pool is not active".formatted(what));
        }
    }

    @Override
    public synchronized PoolUsage usage() {
        called("ask pool");
        long used = volumes.values().stream().mapToLong(bytes -> bytes.length).sum();
        return new PoolUsage(CAPACITY_BYTES, used, CAPACITY_BYTES - used);
    }

    @Override
    public synchronized Permissions permissions() {
        called("look at folder");
        return Permissions.DEFAULT;
    }

    @Override
    public synchronized void trim() {
        called("trim pool");
        trims++;
    }

    public synchronized int trims() {
        return trims;
    }

    @Override
    public synchronized void onLevelChange(Runnable listener) {
        levelListener = listener;
    }

    /** Pretends that containers filled the pool. */
    public void changeLevel() {
        Runnable listener;
        synchronized (this) {
            listener = levelListener;
        }
        listener.run();
    }

    @Override
    public synchronized List<VolumeFacts> scan() {
        called("scan pool");
        List<VolumeFacts> found = volumes.keySet().stream().map(this::describe).toList();
        Runnable act = duringScan;
        duringScan = () -> {};
        act.run();
        return found;
    }

    /** An action to run once between the next look at all volumes and its answer. */
    public synchronized void duringScan(Runnable act) {
        duringScan = act;
    }

    @Override
    public synchronized VolumeFacts facts(String volume) {
        called("look at volume");
        bytes(volume);
        return describe(volume);
    }

    private VolumeFacts describe(String name) {
        Path path = target.resolve(name);
        long size = volumes.get(name).length;
        return new VolumeFacts(
                name,
                VolumeKind.FILE,
                path.toString(),
                path,
                size,
                size,
                VolumeSpec.RAW,
                0600,
                0,
                0,
                Optional.empty(),
                Optional.empty());
    }

    private byte[] bytes(String volume) {
        byte[] bytes = volumes.get(volume);
        if (bytes == null) {
            throw StorageErrors.noVolume(volume);
        }
        return bytes;
    }

    @Override
    public synchronized VolumeFacts create(VolumeSpec spec) {
        called("create volume");
        return put(spec, new byte[0]);
    }

    private VolumeFacts put(VolumeSpec spec, byte[] content) {
        if (volumes.containsKey(spec.name())) {
            throw StorageErrors.volumeExists(spec.name());
        }
        volumes.put(spec.name(), Arrays.copyOf(content, Math.toIntExact(spec.capacityBytes())));
        return describe(spec.name());
    }

    @Override
    public synchronized VolumeFacts copy(VolumeSpec spec, String origin) {
        called("copy volume");
        return put(spec, bytes(origin));
    }

    @Override
    public synchronized VolumeFacts resize(String volume, long capacityBytes, boolean allocate) {
        called("resize volume");
        volumes.put(volume, Arrays.copyOf(bytes(volume), Math.toIntExact(capacityBytes)));
        return describe(volume);
    }

    @Override
    public synchronized void fillMounted(String volume) {
        called("fill volume");
        bytes(volume);
    }

    @Override
    public synchronized void wipe(String volume) {
        called("wipe volume");
        Arrays.fill(bytes(volume), (byte) 0);
    }

    @Override
    public synchronized void delete(String volume) {
        called("delete volume");
        bytes(volume);
        if (inUse.contains(volume)) {
            throw StorageErrors.volumeBusy(volume);
        }
        volumes.remove(volume);
        snapshots.remove(volume);
    }

    @Override
    public VolumeSnapshots snapshots() {
        return new Snapshots();
    }

    private final class Snapshots implements VolumeSnapshots {
        private Map<String, byte[]> existing(String volume) {
            bytes(volume);
            return snapshots.computeIfAbsent(volume, name -> new HashMap<>());
        }

        @Override
        public Set<String> of(String volume) {
            synchronized (FakePoolBackend.this) {
                called("list snapshots");
                return Set.copyOf(existing(volume).keySet());
            }
        }

        @Override
        public void take(String volume, String snapshot) {
            synchronized (FakePoolBackend.this) {
                called("take snapshot");
                VolumeNames.checkSnapshot(snapshot);
                if (existing(volume).putIfAbsent(snapshot, bytes(volume).clone()) != null) {
                    throw StorageErrors.snapshotExists(volume, snapshot);
                }
            }
        }

        @Override
        public void revert(String volume, String snapshot) {
            synchronized (FakePoolBackend.this) {
                called("revert to snapshot");
                VolumeNames.checkSnapshot(snapshot);
                byte[] frozen = existing(volume).get(snapshot);
                if (frozen == null) {
                    throw StorageErrors.noSnapshot(volume, snapshot);
                }
                if (inUse.contains(volume)) {
                    throw StorageErrors.volumeBusy(volume);
                }
                volumes.put(volume, frozen.clone());
            }
        }

        @Override
        public void delete(String volume, String snapshot) {
            synchronized (FakePoolBackend.this) {
                called("delete snapshot");
                VolumeNames.checkSnapshot(snapshot);
                existing(volume).remove(snapshot);
            }
        }
    }

    @Override
    public synchronized VolumeContent open(String volume, boolean forWriting) {
        called("open volume");
        return new Content(bytes(volume), forWriting);
    }

    @Override
    public synchronized Path activate(String volume) {
        called("activate volume");
        bytes(volume);
        inUse.add(volume);
        return target.resolve(volume);
    }

    @Override
    public synchronized void deactivate(String volume) {
        called("deactivate volume");
        inUse.remove(volume);
    }

    @Override
    public synchronized void stop() {
        called("stop pool");
        if (!inUse.isEmpty()) {
            throw StorageErrors.volumeBusy(inUse.iterator().next());
        }
        active = false;
    }

    @Override
    public synchronized void leave() {
        called("leave pool");
        active = false;
    }

    private static final class Content implements VolumeContent {
        private final byte[] bytes;
        private final boolean forWriting;

        Content(byte[] bytes, boolean forWriting) {
            this.bytes = bytes;
            this.forWriting = forWriting;
        }

        @Override
        public long sizeBytes() {
            return bytes.length;
        }

        @Override
        public int read(long at, ByteBuffer into) {
            int count = (int) Math.max(0, Math.min(into.remaining(), bytes.length - at));
            into.put(bytes, count == 0 ? 0 : (int) at, count);
            return count;
        }

        @Override
        public void write(long at, ByteBuffer from) throws IOException {
            requireRoom(at, from.remaining());
            from.get(bytes, (int) at, from.remaining());
        }

        @Override
        public void zero(long at, long lengthBytes) throws IOException {
            requireRoom(at, lengthBytes);
            Arrays.fill(bytes, (int) at, (int) (at + lengthBytes), (byte) 0);
        }

        private void requireRoom(long at, long length) throws IOException {
            if (!forWriting) {
                throw new IOException("open for reading only");
            }
            if (at + length > bytes.length) {
                throw new IOException("ENOSPC");
            }
        }

        @Override
        public long nextData(long at) {
            return at;
        }

        @Override
        public long nextHole(long at) {
            return bytes.length;
        }

        @Override
        public void sync() {}

        @Override
        public void close() {}
    }
}
