package io.fairlead.storage.pool;

import io.fairlead.storage.driver.PoolBackend;
import io.fairlead.storage.driver.PoolUsage;
import io.fairlead.storage.driver.VolumeFacts;
import io.fairlead.xml.storage.StoragePoolDocument;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A pool at one moment.
 *
 * @param definition the definition it runs with, or would start with
 * @param next the definition its next start takes, when it was defined anew while active
 * @param backend null unless it is active
 * @param volumes by name; empty unless it is active
 */
public record PoolStatus(
        StoragePoolDocument definition,
        Optional<StoragePoolDocument> next,
        boolean persistent,
        boolean autostart,
        PoolBackend backend,
        PoolUsage usage,
        SortedMap<String, VolumeFacts> volumes) {

    public PoolStatus {
        volumes = Collections.unmodifiableSortedMap(volumes);
    }

    static PoolStatus inactive(StoragePoolDocument definition, boolean persistent, boolean autostart) {
        return new PoolStatus(
                definition, Optional.empty(), persistent, autostart, null, PoolUsage.NONE, new TreeMap<>());
    }

    public boolean active() {
        return backend != null;
    }

    /** Whether that is the path of its folder without links in it. */
    boolean isFolder(String path) {
        return active()
                && backend.folder().filter(real -> real.toString().equals(path)).isPresent();
    }

    PoolStatus started(PoolBackend started, PoolUsage now, SortedMap<String, VolumeFacts> found) {
        return new PoolStatus(definition, next, persistent, autostart, started, now, found);
    }

    /**
     * The status after a look at everything. Some volumes came, changed or went during the look: for those our own
     * knowledge is newer.
     *
     * @param found the results of the look
     * @param changed names of such volumes
     */
    PoolStatus refreshed(PoolUsage now, Map<String, VolumeFacts> found, Set<String> changed) {
        SortedMap<String, VolumeFacts> merged = new TreeMap<>(found);
        for (String volume : changed) {
            merged.remove(volume);
            if (volumes.containsKey(volume)) {
                merged.put(volume, volumes.get(volume));
            }
        }
        return new PoolStatus(definition, next, persistent, autostart, backend, now, merged);
    }

    PoolStatus stopped() {
        return inactive(next.orElse(definition), persistent, autostart);
    }

    PoolStatus defined(StoragePoolDocument document) {
        return active()
                ? new PoolStatus(definition, Optional.of(document), true, autostart, backend, usage, volumes)
                : inactive(document, true, autostart);
    }

    PoolStatus withAutostart(boolean on) {
        return new PoolStatus(definition, next, persistent, on, backend, usage, volumes);
    }

    PoolStatus with(VolumeFacts volume, PoolUsage now) {
        SortedMap<String, VolumeFacts> changed = new TreeMap<>(volumes);
        changed.put(volume.name(), volume);
        return new PoolStatus(definition, next, persistent, autostart, backend, now, changed);
    }

    PoolStatus without(String volume, PoolUsage now) {
        SortedMap<String, VolumeFacts> changed = new TreeMap<>(volumes);
        changed.remove(volume);
        return new PoolStatus(definition, next, persistent, autostart, backend, now, changed);
    }
}
