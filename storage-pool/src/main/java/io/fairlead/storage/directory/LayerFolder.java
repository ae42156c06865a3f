package io.fairlead.storage.directory;

import io.fairlead.linux.file.DurableFile;
import io.fairlead.storage.driver.Layer;
import io.fairlead.storage.driver.StorageErrors;
import io.fairlead.storage.driver.VolumeNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The layers of a pool, which never change:
 *
 * <pre>
 * POOL/.fairlead/frozen/ID         a layer: a folder with the parts that its kind of trees needs
 * POOL/.fairlead/frozen/ID/parent  {@link LinkText}: the id of its parent, if it has one
 * </pre>
 *
 * <p>A layer is made in a folder with an unfinished name. One rename publishes it.
 */
final class LayerFolder {
    private static final String PARENT = "parent";

    private final PoolFolder folder;
    private final Path layers;

    LayerFolder(PoolFolder folder) {
        this.folder = folder;
        this.layers = folder.path().resolve(VolumeNames.RESERVED_PREFIX).resolve("frozen");
    }

    /** The folders of all layers. */
    List<Path> folders() throws IOException {
        return PoolFolder.children(layers);
    }

    List<Layer> all() throws IOException {
        List<Layer> found = new ArrayList<>();
        for (Path layer : folders()) {
            found.add(new Layer(layer.getFileName().toString(), LinkText.read(layer.resolve(PARENT))));
        }
        found.sort(Comparator.comparing(Layer::id));
        return found;
    }

    /** @throws io.fairlead.kit.error.EngineException NO_STORAGE_VOLUME */
    Path existing(String layer) {
        return find(layer).orElseThrow(() -> StorageErrors.noLayer(layer));
    }

    Optional<Path> find(String layer) {
        VolumeNames.checkLayer(layer);
        return Optional.of(layers.resolve(layer)).filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS));
    }

    /** Before work begins. @throws io.fairlead.kit.error.EngineException STORAGE_VOLUME_EXISTS */
    void requireVacant(String layer) {
        if (find(layer).isPresent()) {
            throw StorageErrors.layerExists(layer);
        }
    }

    /**
     * Makes a finished folder a layer, for good.
     *
     * @param parent of the layer, or empty
     */
    void publish(Path unfinished, String layer, Optional<String> parent) throws IOException {
        requireVacant(layer);
        if (parent.isPresent()) {
            LinkText.write(unfinished.resolve(PARENT), parent.get());
        }
        if (!Files.isDirectory(layers)) {
            Files.createDirectories(layers);
            Files.setAttribute(layers, "unix:mode", PoolFolder.PRIVATE);
            DurableFile.syncFolder(layers.getParent());
        }
        DurableFile.rename(unfinished, layers.resolve(layer));
    }

    /** Takes a layer's name away, for good. Returns the remains for removal. */
    Path unpublish(Path layer) throws IOException {
        Path gone = folder.unpublish(layer);
        DurableFile.syncFolder(layers);
        return gone;
    }
}
