package io.fairlead.storage.logical;

import static io.fairlead.storage.logical.LogicalErrors.tried;

import io.fairlead.storage.driver.ImportLimits;
import io.fairlead.storage.driver.Layer;
import io.fairlead.storage.driver.LayerClaims;
import io.fairlead.storage.driver.LayerStore;
import io.fairlead.storage.driver.StorageErrors;
import io.fairlead.storage.driver.VolumeFacts;
import io.fairlead.storage.driver.VolumeSpec;
import io.fairlead.storage.layer.LayerUnpacker;
import io.fairlead.thin.ThinDevice;
import io.fairlead.thin.ThinPool;
import io.fairlead.thin.ThinRole;
import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Layers as thin devices with a file system. A layer begins as a copy of its parent, and is UNFINISHED until its
 * content is complete and on the disk: the change of its role publishes it. From then on it is never active.
 */
final class ThinLayers implements LayerStore {
    static final String PREFIX = "fairlead-layer-";

    /** Makes trees from devices; the rules for volumes are not those of layers. */
    interface Volumes {
        ThinDevice existing(String volume);

        VolumeFacts copy(VolumeSpec spec, ThinDevice origin);
    }

    private final ThinPool pool;
    private final ThinTrees trees;
    private final Volumes volumes;
    private final long sizeBytes;
    private final LayerClaims claims = new LayerClaims();

    /** @param sizeBytes the room that the lowest layers have; those above have as much */
    ThinLayers(ThinPool pool, ThinTrees trees, Volumes volumes, long sizeBytes) {
        this.pool = pool;
        this.trees = trees;
        this.volumes = volumes;
        this.sizeBytes = sizeBytes;
    }

    @Override
    public List<Layer> all() {
        return pool.devices().stream()
                .filter(ThinLayers::isLayer)
                .map(device -> new Layer(id(device.name()), parent(device)))
                .sorted(Comparator.comparing(Layer::id))
                .toList();
    }

    /** One that a repair of the pool could not bring back is none. */
    private static boolean isLayer(ThinDevice device) {
        return device.role() == ThinRole.LAYER && device.stage() == ThinDevice.Stage.CREATED;
    }

    private static String id(String device) {
        return device.substring(PREFIX.length());
    }

    /** No volume's name begins as a layer's. */
    private static Optional<String> parent(ThinDevice layer) {
        return Optional.ofNullable(layer.origin())
                .filter(origin -> origin.startsWith(PREFIX))
                .map(ThinLayers::id);
    }

    private Optional<ThinDevice> find(String layer) {
        return pool.find(PREFIX + layer).filter(ThinLayers::isLayer);
    }

    private ThinDevice existing(String layer) {
        return find(layer).orElseThrow(() -> StorageErrors.noLayer(layer));
    }

    /** Removes the rest of an attempt that failed, or that a repair could not bring back. */
    private void requireVacant(String layer) {
        if (find(layer).isPresent()) {
            throw StorageErrors.layerExists(layer);
        }
        rest(layer).ifPresent(device -> pool.discard(device.name()));
    }

    /** The device of a layer, whole or not. A volume of an earlier version may have such a name; that is not ours. */
    private Optional<ThinDevice> rest(String layer) {
        return pool.find(PREFIX + layer)
                .filter(device -> device.role() == ThinRole.LAYER || device.role() == ThinRole.UNFINISHED);
    }

    @Override
    public void freeze(String volume, String layer) {
        tried(
                "keep volume '%s' as a layer".formatted(volume),
                () -> claims.alone(layer, () -> {
                    ThinDevice tree = volumes.existing(volume);
                    if (!ThinTrees.isTree(tree)) {
                        throw StorageErrors.noTree(volume);
                    }
                    requireVacant(layer);
                    return pool.snapshot(volume, PREFIX + layer, tree.sizeBytes(), ThinRole.LAYER);
                }));
    }

    @Override
    public void importTar(String layer, Optional<String> parent, InputStream tar, ImportLimits limits) {
        tried(
                "import layer '%s'".formatted(layer),
                () -> claims.making(layer, parent, () -> {
                    Optional<ThinDevice> below = parent.map(this::existing);
                    requireVacant(layer);
                    String device = PREFIX + layer;
                    begin(device, below);
                    try {
                        trees.fill(device, top -> LayerUnpacker.unpack(tar, top, below.isPresent(), limits));
                        return pool.assign(device, ThinRole.LAYER);
                    } catch (IOException | RuntimeException e) {
                        discard(device, e);
                        throw e;
                    }
                }));
    }

    private void begin(String device, Optional<ThinDevice> below) throws IOException {
        if (below.isPresent()) {
            pool.snapshot(below.get().name(), device, below.get().sizeBytes(), ThinRole.UNFINISHED);
        } else {
            trees.create(device, sizeBytes, ThinRole.UNFINISHED);
        }
    }

    private void discard(String device, Exception failure) {
        try {
            pool.discard(device);
        } catch (RuntimeException e) {
            failure.addSuppressed(e); // the next start of the pool tries again
        }
    }

    @Override
    public VolumeFacts compose(VolumeSpec spec, String layer) {
        return tried(
                "create volume '%s'".formatted(spec.name()),
                () -> claims.using(layer, () -> {
                    ThinDevice existing = existing(layer);
                    if (!spec.isTree()) {
                        throw StorageErrors.noTree(spec.name());
                    }
                    return volumes.copy(spec, existing);
                }));
    }

    @Override
    public void delete(String layer) {
        tried(
                "delete layer '%s'".formatted(layer),
                () -> claims.alone(layer, () -> {
                    requireNoChild(layer);
                    rest(layer).ifPresent(device -> pool.delete(device.name()));
                    return null;
                }));
    }

    private void requireNoChild(String layer) {
        for (Layer other : all()) {
            if (other.parent().filter(layer::equals).isPresent()) {
                throw StorageErrors.layerBusy(layer, "it is the parent of layer '%s'".formatted(other.id()));
            }
        }
    }

    /** @throws io.fairlead.kit.error.EngineException RESOURCE_BUSY while a call works on a layer */
    void requireIdle() {
        if (!claims.areNone()) {
            throw StorageErrors.layersBusy();
        }
    }
}
