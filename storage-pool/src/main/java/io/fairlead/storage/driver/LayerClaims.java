package io.fairlead.storage.driver;

import io.fairlead.kit.lock.StripedLocks;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which layers of a pool are being made, used and deleted just now. Nobody waits: work on a layer may take as long as a
 * download. Safe for use from any thread.
 */
public final class LayerClaims {
    private static final int ALONE = -1;

    /** By layer: how many use it, or {@link #ALONE}. */
    private final Map<String, Integer> claims = new HashMap<>(); // guarded by this

    /**
     * Runs an act that makes a layer upon its parent.
     *
     * @throws io.fairlead.kit.error.EngineException RESOURCE_BUSY
     */
    public <T> T making(String layer, Optional<String> parent, StripedLocks.Act<T, IOException> act)
            throws IOException {
        return alone(layer, () -> parent.isPresent() ? using(parent.get(), act) : act.run());
    }

    /** Runs an act that reads a layer. @throws io.fairlead.kit.error.EngineException RESOURCE_BUSY */
    public <T> T using(String layer, StripedLocks.Act<T, IOException> act) throws IOException {
        take(layer, false);
        try {
            return act.run();
        } finally {
            release(layer);
        }
    }

    /** Runs an act that makes or deletes a layer. @throws io.fairlead.kit.error.EngineException RESOURCE_BUSY */
    public <T> T alone(String layer, StripedLocks.Act<T, IOException> act) throws IOException {
        take(layer, true);
        try {
            return act.run();
        } finally {
            release(layer);
        }
    }

    private synchronized void take(String layer, boolean alone) {
        VolumeNames.checkLayer(layer);
        int users = claims.getOrDefault(layer, 0);
        if (users == ALONE || alone && users > 0) {
            throw StorageErrors.layerBusy(layer, "another call works on it");
        }
        claims.put(layer, alone ? ALONE : users + 1);
    }

    private synchronized void release(String layer) {
        int users = claims.get(layer);
        if (users == ALONE || users == 1) {
            claims.remove(layer);
        } else {
            claims.put(layer, users - 1);
        }
    }

    /** Whether no call works on any layer. */
    public synchronized boolean areNone() {
        return claims.isEmpty();
    }
}
