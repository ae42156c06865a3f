package io.fairlead.storage.directory;

import static io.fairlead.storage.directory.DirectoryErrors.tried;

import io.fairlead.kit.error.ErrorCode;
import io.fairlead.linux.btrfs.Subvolumes;
import io.fairlead.linux.mount.FileSystemSize;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.storage.driver.LayerStore;
import io.fairlead.storage.driver.Permissions;
import io.fairlead.storage.driver.PoolBackend;
import io.fairlead.storage.driver.PoolUsage;
import io.fairlead.storage.driver.StorageErrors;
import io.fairlead.storage.driver.VolumeContent;
import io.fairlead.storage.driver.VolumeFacts;
import io.fairlead.storage.driver.VolumeSnapshots;
import io.fairlead.storage.driver.VolumeSpec;
import io.fairlead.storage.image.ImageLayer;
import io.fairlead.storage.image.QemuImg;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One active folder of volumes. */
final class DirectoryBackend implements PoolBackend {
    private final PoolFolder folder;
    private final Path shown;
    private final FolderClaim claim;
    private final FileVolumes files;
    private final ImageFiles images;
    private final Trees trees;
    private final VolumeLook look;
    private final SnapshotFolder snapshotFolder;
    private final DirectorySnapshots snapshots;
    private final DirectoryLayers layers;
    private final Unmounter unmounter;
    private final Set<String> activated = ConcurrentHashMap.newKeySet();

    /** Other resources that end with the pool. */
    interface Unmounter {
        void unmount() throws IOException;
    }

    private final class Volumes implements DirectoryLayers.Volumes {
        @Override
        public VolumeFacts existing(String volume) throws IOException {
            return DirectoryBackend.this.existing(volume);
        }

        @Override
        public boolean isActive(String volume) {
            return activated.contains(volume);
        }

        @Override
        public void requireFree(VolumeSpec spec) throws IOException {
            DirectoryBackend.this.requireFree(spec);
        }

        @Override
        public VolumeFacts shown(String volume) throws IOException {
            return DirectoryBackend.this.shown(existing(volume));
        }
    }

    private DirectoryBackend(Path path, Path shown, FolderClaim claim, Unmounter unmounter) throws IOException {
        this.folder = new PoolFolder(path);
        this.shown = shown;
        this.claim = claim;
        this.files = new FileVolumes(folder);
        this.images = new ImageFiles(folder);
        this.snapshotFolder = new SnapshotFolder(folder);
        LayerFolder layerFolder = new LayerFolder(folder);
        this.trees = Subvolumes.possibleIn(path)
                ? new BtrfsTrees(folder, snapshotFolder, layerFolder)
                : new OverlayTrees(folder, snapshotFolder, layerFolder);
        this.look = new VolumeLook(trees, activated::contains);
        this.snapshots = new DirectorySnapshots(new Volumes(), snapshotFolder, files, trees);
        this.layers = new DirectoryLayers(new Volumes(), layerFolder, trees);
        this.unmounter = unmounter;
    }

    /**
     * @param path without links in it, as the kernel shows mounts
     * @param shown as the pool's definition names it, and clients are to see it
     * @param claim the backend's from here on, to be closed when it stops
     */
    static DirectoryBackend start(Path path, Path shown, FolderClaim claim, Unmounter unmounter) throws IOException {
        DirectoryBackend backend = new DirectoryBackend(path, shown, claim, unmounter);
        backend.folder.sweep();
        backend.trees.start();
        return backend;
    }

    @Override
    public Optional<Path> folder() {
        return Optional.of(folder.path());
    }

    @Override
    public boolean owns(String volume) {
        return tried("look at volume '%s'".formatted(volume), () -> trees.owns(folder.of(volume)));
    }

    /** As clients see it. */
    private VolumeFacts shown(VolumeFacts facts) {
        return facts.at(shown.resolve(facts.name()));
    }

    @Override
    public PoolUsage usage() {
        return tried("look at " + shown, () -> {
            FileSystemSize size = FileSystemSize.of(folder.path());
            return new PoolUsage(size.totalBytes(), size.totalBytes() - size.freeBytes(), size.freeBytes());
        });
    }

    @Override
    public Permissions permissions() {
        return tried("look at " + shown, () -> Permissions.of(folder.path()));
    }

    @Override
    public List<VolumeFacts> scan() {
        return tried("open directory '%s'".formatted(shown), () -> {
            List<VolumeFacts> found = new ArrayList<>();
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder.path())) {
                for (Path entry : entries) {
                    lookLeniently(entry).map(this::shown).ifPresent(found::add);
                }
            }
            found.sort(Comparator.comparing(VolumeFacts::name));
            return found;
        });
    }

    /** Others may be deleting it. */
    private Optional<VolumeFacts> lookLeniently(Path entry) throws IOException {
        try {
            return look.at(entry);
        } catch (IOException e) {
            if (Files.exists(entry, LinkOption.NOFOLLOW_LINKS)) {
                throw e;
            }
            return Optional.empty();
        }
    }

    @Override
    public VolumeFacts facts(String volume) {
        return tried("look at volume '%s'".formatted(volume), () -> shown(existing(volume)));
    }

    private VolumeFacts existing(String volume) throws IOException {
        return look.at(folder.of(volume)).orElseThrow(() -> StorageErrors.noVolume(volume));
    }

    @Override
    public VolumeFacts create(VolumeSpec spec) {
        return tried("create volume '%s'".formatted(spec.name()), () -> {
            requireFree(spec);
            if (spec.isTree()) {
                trees.create(spec);
            } else if (spec.isRaw()) {
                files.create(spec);
            } else {
                images.create(spec);
            }
            return shown(existing(spec.name()));
        });
    }

    @Override
    public VolumeFacts copy(VolumeSpec spec, String origin) {
        return tried("copy volume '%s' to '%s'".formatted(origin, spec.name()), () -> {
            VolumeFacts from = existing(origin);
            requireFree(spec);
            if (VolumeLook.isTree(from)) {
                trees.copy(spec, from.path(), activated.contains(origin));
            } else {
                files.copy(spec, from.path());
            }
            return shown(existing(spec.name()));
        });
    }

    private void requireFree(VolumeSpec spec) throws IOException {
        if (Files.exists(folder.of(spec.name()), LinkOption.NOFOLLOW_LINKS)) {
            throw StorageErrors.volumeExists(spec.name());
        }
        if (!spec.isRaw() && !spec.isTree() && !QemuImg.makes(spec.format())) {
            throw StorageErrors.of(
                    ErrorCode.CONFIG_UNSUPPORTED,
                    "cannot make a volume of format '%s': no program here does".formatted(spec.format()));
        }
        snapshotFolder.deleteAll(folder.of(spec.name())); // of a volume of that name whose deletion failed half-way
    }

    @Override
    public VolumeFacts resize(String volume, long capacityBytes, boolean allocate) {
        return tried("resize volume '%s'".formatted(volume), () -> {
            VolumeFacts facts = existing(volume);
            if (VolumeLook.isTree(facts)) {
                trees.limit(facts.path(), capacityBytes);
            } else {
                files.resize(facts.path(), capacityBytes, allocate);
            }
            return shown(existing(volume));
        });
    }

    @Override
    public VolumeFacts convert(VolumeSpec spec, List<ImageLayer> from) {
        return tried("create volume '%s'".formatted(spec.name()), () -> {
            requireFree(spec);
            images.convert(spec, from);
            return shown(existing(spec.name()));
        });
    }

    @Override
    public VolumeFacts resizeImage(String volume, List<ImageLayer> image, long capacityBytes) {
        return tried("resize volume '%s'".formatted(volume), () -> {
            requireIdle(volume);
            images.resize(image, capacityBytes);
            return shown(existing(volume));
        });
    }

    @Override
    public void fillMounted(String volume) {
        tried("grow the file system on volume '%s'".formatted(volume), () -> {
            VolumeFacts facts = existing(volume);
            if (!VolumeLook.isTree(facts)) {
                files.fillMounted(facts.path());
            }
            return null;
        });
    }

    @Override
    public void wipe(String volume) {
        tried("wipe volume '%s'".formatted(volume), () -> {
            files.wipe(row(volume));
            return null;
        });
    }

    @Override
    public void scrub(String volume, String pattern) {
        tried("wipe volume '%s'".formatted(volume), () -> {
            Scrub.overwrite(row(volume), pattern);
            return null;
        });
    }

    @Override
    public void delete(String volume) {
        tried("delete volume '%s'".formatted(volume), () -> {
            requireIdle(volume);
            requireThere(volume);
            VolumeFacts facts = existing(volume);
            if (VolumeLook.isTree(facts)) {
                trees.delete(facts.path());
            } else {
                files.delete(facts.path());
                snapshotFolder.deleteAll(facts.path());
            }
            return null;
        });
    }

    /** Removes our records of volumes that others deleted. */
    private void requireThere(String volume) throws IOException {
        Path path = folder.of(volume);
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            trees.forget(path);
            snapshotFolder.deleteAll(path);
            throw StorageErrors.noVolume(volume);
        }
    }

    @Override
    public VolumeSnapshots snapshots() {
        return snapshots;
    }

    @Override
    public VolumeContent open(String volume, boolean forWriting) {
        return tried("open volume '%s'".formatted(volume), () -> {
            Path file = row(volume);
            boolean grows = forWriting && !existing(volume).isPlain();
            return files.content(file, forWriting, grows);
        });
    }

    @Override
    public LayerStore layers() {
        return layers;
    }

    /** A volume that is bytes in a row. */
    private Path row(String volume) throws IOException {
        VolumeFacts facts = existing(volume);
        if (VolumeLook.isTree(facts)) {
            throw new ErrnoException(Errno.EISDIR, "open", facts.path().toString());
        }
        return facts.path();
    }

    @Override
    public Path activate(String volume) {
        return tried("activate volume '%s'".formatted(volume), () -> {
            VolumeFacts facts = existing(volume);
            if (VolumeLook.isTree(facts)) {
                trees.activate(facts.path());
            }
            activated.add(volume);
            return facts.path();
        });
    }

    @Override
    public void deactivate(String volume) {
        activated.remove(volume);
    }

    /** @throws io.fairlead.kit.error.EngineException RESOURCE_BUSY if a volume is active */
    void requireIdle() {
        activated.stream().findAny().ifPresent(volume -> {
            throw StorageErrors.volumeBusy(volume);
        });
    }

    private void requireIdle(String volume) {
        if (activated.contains(volume)) {
            throw StorageErrors.volumeBusy(volume);
        }
    }

    @Override
    public void stop() {
        tried("stop the pool in " + shown, () -> {
            requireIdle();
            layers.requireIdle();
            trees.stop();
            folder.awaitRemovals();
            unmounter.unmount();
            claim.close();
            return null;
        });
    }

    @Override
    public void leave() {
        claim.close();
    }
}
