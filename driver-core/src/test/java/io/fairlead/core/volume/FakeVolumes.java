package io.fairlead.core.volume;

import io.fairlead.core.fault.Faults;
import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.kit.error.ErrorDomain;
import io.fairlead.xml.domain.model.VolumeSource;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;

/**
 * Volumes whose content is a text. They outlive the daemon; the record of their users does not. Fails at the n-th act
 * like the other fakes.
 */
public final class FakeVolumes implements VolumeResolver, VolumeSnapshotter {
    private final Faults faults;
    private final Map<VolumeSource, String> contents = new HashMap<>(); // guarded by this, like all fields below
    private final Map<VolumeSource, MountSpec.Kind> kinds = new HashMap<>();
    private final Map<VolumeSource, Map<String, String>> kept = new HashMap<>();
    private final Map<UUID, Set<VolumeSource>> held = new HashMap<>();
    private boolean active = true;
    private Runnable meanwhile = () -> {};

    public FakeVolumes(Faults faults) {
        this.faults = faults;
    }

    public synchronized VolumeSource add(String name, MountSpec.Kind kind, String content) {
        VolumeSource volume = new VolumeSource("p", name);
        contents.put(volume, content);
        kinds.put(volume, kind);
        kept.put(volume, new TreeMap<>());
        return volume;
    }

    public synchronized void remove(VolumeSource volume) {
        contents.remove(volume);
        kept.remove(volume);
    }

    public synchronized void write(VolumeSource volume, String content) {
        contents.put(volume, content);
    }

    public synchronized String read(VolumeSource volume) {
        return contents.get(volume);
    }

    /** The number of the volume's snapshots. */
    public synchronized int keptOf(VolumeSource volume) {
        return kept.get(volume).size();
    }

    public synchronized Set<VolumeSource> heldBy(UUID guest) {
        return Set.copyOf(held.getOrDefault(guest, Set.of()));
    }

    /** Whether the pool answers. */
    public synchronized void setActive(boolean on) {
        active = on;
    }

    /** An action for the middle of the next {@link #take}. */
    public synchronized void meanwhile(Runnable act) {
        meanwhile = act;
    }

    private synchronized Runnable takeMeanwhile() {
        Runnable act = meanwhile;
        meanwhile = () -> {};
        return act;
    }

    public synchronized void restartDaemon() {
        held.clear();
    }

    @Override
    public Map<VolumeSource, MountSpec> acquire(UUID guest, Collection<VolumeSource> volumes) {
        if (volumes.isEmpty()) {
            return Map.of();
        }
        return act("acquire", () -> {
            Map<VolumeSource, MountSpec> ready = new LinkedHashMap<>();
            for (VolumeSource volume : volumes) {
                require(volume);
                ready.put(volume, new MountSpec(kinds.get(volume), Path.of("/pool", volume.volume())));
            }
            held.put(guest, new HashSet<>(volumes));
            return ready;
        });
    }

    @Override
    public synchronized void retake(UUID guest, Collection<VolumeSource> volumes) {
        if (!volumes.isEmpty()) {
            held.put(guest, new HashSet<>(volumes));
        }
    }

    @Override
    public synchronized void release(UUID guest) {
        held.remove(guest);
    }

    @Override
    public synchronized boolean has(VolumeSource volume, String id) {
        require(volume);
        return kept.get(volume).containsKey(id);
    }

    @Override
    public void take(VolumeSource volume, String id) {
        takeMeanwhile().run();
        act("take", () -> {
            require(volume);
            if (!id.matches("[0-9a-f]{32}")) {
                throw new IllegalStateException("id: %s".formatted(id));
            }
            if (kept.values().stream().anyMatch(others -> others.containsKey(id))) {
                throw new EngineException(ErrorCode.STORAGE_VOLUME_EXISTS, ErrorDomain.STORAGE, id, null);
            }
            kept.get(volume).put(id, contents.get(volume));
            return null;
        });
    }

    @Override
    public void revert(VolumeSource volume, String id) {
        act("revert", () -> {
            require(volume);
            if (held.values().stream().anyMatch(volumes -> volumes.contains(volume))) {
                throw new EngineException(
                        ErrorCode.RESOURCE_BUSY, ErrorDomain.STORAGE, "volume '%s' is in use".formatted(volume), null);
            }
            String content = kept.get(volume).get(id);
            if (content == null) {
                throw new EngineException(ErrorCode.NO_STORAGE_VOLUME, ErrorDomain.STORAGE, id, null);
            }
            contents.put(volume, content);
            return null;
        });
    }

    @Override
    public synchronized void requireNoOther(VolumeSource volume, UUID guest) {
        require(volume);
        if (held.entrySet().stream()
                .anyMatch(entry ->
                        !entry.getKey().equals(guest) && entry.getValue().contains(volume))) {
            throw new EngineException(
                    ErrorCode.RESOURCE_BUSY, ErrorDomain.STORAGE, "volume '%s' is in use".formatted(volume), null);
        }
    }

    @Override
    public void delete(VolumeSource volume, String id) {
        act("delete", () -> {
            if (contents.containsKey(volume)) {
                require(volume);
                kept.get(volume).remove(id);
            }
            return null;
        });
    }

    @Override
    public synchronized MountSpec.Kind kind(VolumeSource volume) {
        require(volume);
        return kinds.get(volume);
    }

    @Override
    public synchronized String path(VolumeSource volume) {
        require(volume);
        return "/pool/" + volume.volume();
    }

    private void require(VolumeSource volume) {
        if (!active) {
            throw new EngineException(
                    ErrorCode.OPERATION_INVALID, ErrorDomain.STORAGE, "storage pool 'p' is not active", null);
        }
        if (!contents.containsKey(volume)) {
            throw new EngineException(
                    ErrorCode.NO_STORAGE_VOLUME,
                    ErrorDomain.STORAGE,
                    "no storage vol with matching name '%s'".formatted(volume.volume()),
                    null);
        }
    }

    private <T> T act(String what, Callable<T> act) {
        RuntimeException failure =
                new EngineException(ErrorCode.SYSTEM_ERROR, ErrorDomain.STORAGE, what + " fails", null);
        try {
            return faults.act(what, failure, () -> {
                synchronized (this) {
                    return act.call();
                }
            });
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
