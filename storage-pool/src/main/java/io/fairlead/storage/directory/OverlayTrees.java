package io.fairlead.storage.directory;

import io.fairlead.linux.file.DurableFile;
import io.fairlead.linux.file.FileStat;
import io.fairlead.linux.mount.MountTable;
import io.fairlead.linux.mount.Mounts;
import io.fairlead.storage.driver.StorageErrors;
import io.fairlead.storage.driver.VolumeNames;
import io.fairlead.storage.driver.VolumeSpec;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trees on file systems without subvolumes. A new tree is a plain folder. Copying one turns what it holds into a layer that
 * nobody writes any more, and puts an overlay over it for the origin and one for the copy.
 *
 * <pre>
 * POOL/NAME                               the tree: a plain folder, or where its overlay is mounted while the pool is active
 * POOL/.fairlead/trees/NAME/layers        its layers, the topmost first; empty for a plain folder. Its presence makes it ours
 * POOL/.fairlead/trees/NAME/upper, work   what was written since
 * POOL/.fairlead/layers/ID                a layer
 * POOL/.fairlead/layers/ID.from           names the tree whose content is becoming this layer
 * </pre>
 */
final class OverlayTrees implements Trees {
    private static final Logger LOG = LoggerFactory.getLogger(OverlayTrees.class);
    /** mount(2) takes one page of options. */
    private static final int OPTIONS_MAX = 4095;

    private static final String INTENT = ".from";

    private final PoolFolder folder;
    private final Path trees;
    private final Path layers;

    OverlayTrees(PoolFolder folder) {
        this.folder = folder;
        Path own = folder.path().resolve(VolumeNames.RESERVED_PREFIX);
        this.trees = own.resolve("trees");
        this.layers = own.resolve("layers");
    }

    @Override
    public synchronized void start() throws IOException {
        if (!Files.isDirectory(trees)) {
            return;
        }
        for (Path intent : children(layers, "*" + INTENT)) {
            finish(intent);
        }
        for (Path record : children(trees, "*")) {
            Path tree = folder.path().resolve(record.getFileName());
            if (!Files.isDirectory(tree, LinkOption.NOFOLLOW_LINKS)) {
                LOG.warn("removing the rest of volume {}, which an earlier daemon did not finish", tree);
                PoolFolder.remove(record);
            } else if (!layersOf(record).isEmpty()) {
                mountUnlessUsed(tree);
            }
        }
        removeUnusedLayers();
    }

    @Override
    public synchronized void create(VolumeSpec spec) throws IOException {
        if (spec.capacityBytes() > 0) {
            LOG.warn(
                    "volume '{}' gets no limit of its size: the file system of {} has none for folders",
                    spec.name(),
                    folder.path());
        }
        requireFree(spec.name());
        Path unfinished = folder.unfinished();
        Files.createDirectory(unfinished);
        try {
            FileVolumes.apply(spec.permissions(), unfinished);
            writeRecord(spec.name(), List.of());
            folder.publish(unfinished, spec.name());
        } catch (IOException | RuntimeException e) {
            PoolFolder.remove(record(spec.name()));
            PoolFolder.remove(unfinished);
            throw e;
        }
    }

    @Override
    public synchronized void copy(VolumeSpec spec, Path origin) throws IOException {
        requireFree(spec.name());
        if (!isOurs(origin)) {
            throw new IOException("%s is a folder that was there before: it cannot be copied".formatted(origin));
        }
        List<String> shared = freeze(origin);
        Path unfinished = folder.unfinished();
        Files.createDirectory(unfinished);
        try {
            writeRecord(spec.name(), shared);
            likeItsLayer(record(spec.name()), shared);
            FileVolumes.apply(spec.permissions(), record(spec.name()).resolve("upper"));
            folder.publish(unfinished, spec.name());
            mount(folder.of(spec.name()));
        } catch (IOException | RuntimeException e) {
            PoolFolder.remove(folder.of(spec.name()));
            PoolFolder.remove(record(spec.name()));
            PoolFolder.remove(unfinished);
            throw e;
        }
    }

    private void requireFree(String volume) throws IOException {
        if (Files.exists(folder.of(volume), LinkOption.NOFOLLOW_LINKS)) {
            throw StorageErrors.volumeExists(volume);
        }
        PoolFolder.remove(record(volume)); // of an attempt that failed
        Files.createDirectories(trees);
        Files.createDirectories(layers);
    }

    /** What the tree holds becomes layers only; returns them. A tree that was not written since needs no new one. */
    private List<String> freeze(Path origin) throws IOException {
        Path record = record(origin.getFileName().toString());
        List<String> below = layersOf(record);
        if (!below.isEmpty() && isEmpty(record.resolve("upper"))) {
            return below;
        }
        requireUnused(origin);
        unmount(origin);
        String id = UUID.randomUUID().toString().substring(0, 13).replace("-", "");
        Path intent = layers.resolve(id + INTENT);
        DurableFile.write(intent, origin.getFileName().toString(), 0600);
        DurableFile.rename(below.isEmpty() ? origin : record.resolve("upper"), layers.resolve(id));
        finish(intent);
        mount(origin);
        return layersOf(record);
    }

    /** Does what is left of a freeze, from wherever it ended. */
    private void finish(Path intent) throws IOException {
        String file = intent.getFileName().toString();
        String id = file.substring(0, file.length() - INTENT.length());
        String volume = Files.readString(intent);
        if (Files.isDirectory(layers.resolve(id))) {
            Path record = record(volume);
            List<String> stack = new ArrayList<>(layersOf(record));
            if (!stack.contains(id)) {
                stack.add(0, id);
            }
            writeRecord(volume, stack);
            likeItsLayer(record, stack);
            Files.createDirectories(folder.of(volume));
        }
        DurableFile.delete(intent);
    }

    private void writeRecord(String volume, List<String> stack) throws IOException {
        Path record = Files.createDirectories(record(volume));
        if (!stack.isEmpty()) {
            Files.createDirectories(record.resolve("upper"));
            Files.createDirectories(record.resolve("work"));
        }
        DurableFile.write(record.resolve("layers"), String.join("\n", stack), 0600);
    }

    /** The top of an overlay has its owner and mode from the upper folder. */
    private void likeItsLayer(Path record, List<String> stack) throws IOException {
        FileStat stat = FileStat.of(layers.resolve(stack.get(0)));
        Path upper = record.resolve("upper");
        Files.setAttribute(upper, "unix:uid", stat.user());
        Files.setAttribute(upper, "unix:gid", stat.group());
        Files.setAttribute(upper, "unix:mode", stat.mode() & 07777);
    }

    private List<String> layersOf(Path record) throws IOException {
        Path list = record.resolve("layers");
        return Files.exists(list)
                ? Files.readString(list).lines().filter(line -> !line.isBlank()).toList()
                : List.of();
    }

    /** Two mounts of one upper folder would not see each other's changes. */
    private void mountUnlessUsed(Path tree) throws IOException {
        if (isUsed(tree)) {
            LOG.info("volume {} is used by a container that outlived its daemon: not mounted here", tree);
        } else {
            mount(tree);
        }
    }

    private boolean isUsed(Path tree) throws IOException {
        Path upper = record(tree.getFileName().toString()).resolve("upper");
        return TreeUsers.anyOf(tree, Files.isDirectory(upper) ? upper : null);
    }

    private void requireUnused(Path tree) throws IOException {
        if (isUsed(tree)) {
            throw StorageErrors.volumeBusy(tree.getFileName().toString());
        }
    }

    private void mount(Path tree) throws IOException {
        Path record = record(tree.getFileName().toString());
        if (isMounted(tree)) {
            return;
        }
        List<String> lower =
                layersOf(record).stream().map(id -> escaped(layers.resolve(id))).toList();
        String options = "lowerdir=%s,upperdir=%s,workdir=%s"
                .formatted(String.join(":", lower), escaped(record.resolve("upper")), escaped(record.resolve("work")));
        if (options.length() > OPTIONS_MAX) {
            throw new IOException("%s has %d layers, more than one mount takes".formatted(tree, lower.size()));
        }
        Mounts.mount("fairlead", tree, "overlay", Set.of(), options);
    }

    /** The overlay's own separators (Documentation/filesystems/overlayfs). */
    private static String escaped(Path path) {
        return path.toString().replaceAll("([\\\\:,])", "\\\\$1");
    }

    private static boolean isMounted(Path tree) throws IOException {
        return MountTable.own().at(tree).isPresent();
    }

    private static void unmount(Path tree) throws IOException {
        if (isMounted(tree)) {
            Mounts.unmount(tree);
        }
    }

    @Override
    public void limit(Path tree, long bytes) {
        throw StorageErrors.unsupported("the file system of %s has no limit for the size of a folder".formatted(tree));
    }

    @Override
    public Size size(Path tree) {
        return Size.UNKNOWN;
    }

    @Override
    public synchronized void delete(Path tree) throws IOException {
        if (!isOurs(tree)) {
            Files.delete(tree);
            return;
        }
        requireUnused(tree);
        unmount(tree);
        Path gone = folder.unpublish(tree);
        PoolFolder.remove(folder.unpublish(record(tree.getFileName().toString())));
        PoolFolder.remove(gone);
        removeUnusedLayers();
    }

    @Override
    public synchronized void stop() throws IOException {
        for (Path record : children(trees, "*")) {
            unmount(folder.path().resolve(record.getFileName()));
        }
    }

    private void removeUnusedLayers() throws IOException {
        Set<String> used = new HashSet<>();
        for (Path record : children(trees, "*")) {
            used.addAll(layersOf(record));
        }
        for (Path layer : children(layers, "*")) {
            if (!used.contains(layer.getFileName().toString())) {
                PoolFolder.remove(layer);
            }
        }
    }

    private boolean isOurs(Path tree) {
        return Files.isDirectory(record(tree.getFileName().toString()));
    }

    private Path record(String volume) {
        VolumeNames.check(volume);
        return trees.resolve(volume);
    }

    /** For the deletion of an empty pool. Does nothing while a tree is left. */
    static void removeEmptyBookkeeping(Path pool) throws IOException {
        Path own = pool.resolve(VolumeNames.RESERVED_PREFIX);
        if (children(own.resolve("trees"), "*").isEmpty()
                && children(own.resolve("layers"), "*").isEmpty()) {
            Files.deleteIfExists(own.resolve("trees"));
            Files.deleteIfExists(own.resolve("layers"));
            Files.deleteIfExists(own);
        }
    }

    private static boolean isEmpty(Path directory) throws IOException {
        return children(directory, "*").isEmpty();
    }

    private static List<Path> children(Path directory, String pattern) throws IOException {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, pattern)) {
                entries.forEach(found::add);
            }
        }
        return found;
    }
}
