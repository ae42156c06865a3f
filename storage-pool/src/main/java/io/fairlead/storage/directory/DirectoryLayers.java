package io.fairlead.storage.directory;

import static io.fairlead.storage.directory.DirectoryErrors.tried;

import io.fairlead.storage.driver.ImportLimits;
import io.fairlead.storage.driver.Layer;
import io.fairlead.storage.driver.LayerClaims;
import io.fairlead.storage.driver.LayerStore;
import io.fairlead.storage.driver.StorageErrors;
import io.fairlead.storage.driver.VolumeFacts;
import io.fairlead.storage.driver.VolumeSpec;
import io.fairlead.storage.layer.LayerUnpacker;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Layers in a folder, kept in the way of its trees. */
final class DirectoryLayers implements LayerStore {
    /** The volumes of the pool that layers are frozen from and composed as. */
    interface Volumes extends DirectorySnapshots.Volumes {
        /** Refuses the names of existing volumes. */
        void requireFree(VolumeSpec spec) throws IOException;

        VolumeFacts shown(String volume) throws IOException;
    }

    private final Volumes volumes;
    private final LayerFolder layers;
    private final Trees trees;
    private final LayerClaims claims = new LayerClaims();

    DirectoryLayers(Volumes volumes, LayerFolder layers, Trees trees) {
        this.volumes = volumes;
        this.layers = layers;
        this.trees = trees;
    }

    @Override
    public List<Layer> all() {
        return tried("list the layers", layers::all);
    }

    @Override
    public void freeze(String volume, String layer) {
        tried(
                "keep volume '%s' as a layer".formatted(volume),
                () -> claims.alone(layer, () -> {
                    VolumeFacts facts = volumes.existing(volume);
                    if (!VolumeLook.isTree(facts)) {
                        throw StorageErrors.noTree(volume);
                    }
                    layers.requireVacant(layer);
                    trees.freeze(facts.path(), layer, volumes.isActive(volume));
                    return null;
                }));
    }

    @Override
    public void importTar(String layer, Optional<String> parent, InputStream tar, ImportLimits limits) {
        tried(
                "import layer '%s'".formatted(layer),
                () -> claims.making(layer, parent, () -> {
                    Optional<Path> below = parent.map(layers::existing);
                    layers.requireVacant(layer);
                    trees.build(layer, below, top -> LayerUnpacker.unpack(tar, top, below.isPresent(), limits));
                    return null;
                }));
    }

    @Override
    public VolumeFacts compose(VolumeSpec spec, String layer) {
        return tried(
                "create volume '%s'".formatted(spec.name()),
                () -> claims.using(layer, () -> {
                    Path existing = layers.existing(layer);
                    if (!spec.isTree()) {
                        throw StorageErrors.noTree(spec.name());
                    }
                    volumes.requireFree(spec);
                    trees.compose(spec, existing);
                    return volumes.shown(spec.name());
                }));
    }

    @Override
    public void delete(String layer) {
        tried(
                "delete layer '%s'".formatted(layer),
                () -> claims.alone(layer, () -> {
                    Optional<Path> existing = layers.find(layer);
                    if (existing.isPresent()) {
                        requireNoChild(layer);
                        trees.deleteLayer(existing.get());
                    }
                    return null;
                }));
    }

    private void requireNoChild(String layer) throws IOException {
        for (Layer other : layers.all()) {
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
