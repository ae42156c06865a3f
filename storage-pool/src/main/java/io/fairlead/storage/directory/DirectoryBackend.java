package io.fairlead.storage.directory;

import static io.fairlead.storage.directory.DirectoryErrors.tried;

import io.fairlead.core.error.ErrorCode;
import io.fairlead.linux.btrfs.Subvolumes;
import io.fairlead.linux.mount.FileSystemSize;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.storage.driver.Permissions;
import io.fairlead.storage.driver.PoolBackend;
import io.fairlead.storage.driver.PoolUsage;
import io.fairlead.storage.driver.StorageErrors;
import io.fairlead.storage.driver.VolumeContent;
import io.fairlead.storage.driver.VolumeFacts;
import io.fairlead.storage.driver.VolumeSnapshots;
import io.fairlead.storage.driver.VolumeSpec;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One active folder of volumes. */
final class DirectoryBackend implements PoolBackend {
    private final PoolFolder folder;
    private final FileVolumes files;
    private final Trees trees;
    private final VolumeLook look;
    private final SnapshotFolder snapshotFolder;
    private final DirectorySnapshots snapshots;
    private final Unmounter unmounter;
    private final Set<String> activated = ConcurrentHashMap.newKeySet();

    /** What else ends with the pool. */
    interface Unmounter {
        void unmount() throws IOException;
    }

    private final class Volumes implements DirectorySnapshots.Volumes {
        @Override
        public VolumeFacts existing(String volume) throws IOException {
            return DirectoryBackend.this.existing(volume);
        }

        @Override
        public boolean isActive(String volume) {
            return activated.contains(volume);
        }
    }

    private DirectoryBackend(Path path, Unmounter unmounter) throws IOException {
        this.folder = new PoolFolder(path);
        this.files = new FileVolumes(folder);
        this.snapshotFolder = new SnapshotFolder(folder);
        this.trees = Subvolumes.possibleIn(path)
                ? new BtrfsTrees(folder, snapshotFolder)
                : new OverlayTrees(folder, snapshotFolder);
        this.look = new VolumeLook(trees);
        this.snapshots = new DirectorySnapshots(new Volumes(), snapshotFolder, files, trees);
        this.unmounter = unmounter;
    }

    static DirectoryBackend start(Path path, Unmounter unmounter) throws IOException {
        DirectoryBackend backend = new DirectoryBackend(path.toRealPath(), unmounter);
        backend.folder.sweep();
        backend.trees.start();
        return backend;
    }

    @Override
    public PoolUsage usage() {
        return tried("look at " + folder.path(), () -> {
            FileSystemSize size = FileSystemSize.of(folder.path());
            return new PoolUsage(size.totalBytes(), size.totalBytes() - size.freeBytes(), size.freeBytes());
        });
    }

    @Override
    public Permissions permissions() {
        return tried("look at " + folder.path(), () -> Permissions.of(folder.path()));
    }

    @Override
    public List<VolumeFacts> scan() {
        return tried("list " + folder.path(), () -> {
            List<VolumeFacts> found = new ArrayList<>();
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder.path())) {
                for (Path entry : entries) {
                    look.at(entry).ifPresent(found::add);
                }
            }
            found.sort(Comparator.comparing(VolumeFacts::name));
            return found;
        });
    }

    @Override
    public VolumeFacts facts(String volume) {
        return tried("look at volume '%s'".formatted(volume), () -> existing(volume));
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
            } else {
                files.create(spec);
            }
            return existing(spec.name());
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
            return existing(spec.name());
        });
    }

    private void requireFree(VolumeSpec spec) throws IOException {
        if (Files.exists(folder.of(spec.name()), LinkOption.NOFOLLOW_LINKS)) {
            throw StorageErrors.volumeExists(spec.name());
        }
        if (!Set.of(VolumeSpec.RAW, VolumeSpec.TREE).contains(spec.format())) {
            throw StorageErrors.of(
                    ErrorCode.CONFIG_UNSUPPORTED,
                    "cannot make a volume of format '%s': a container can use raw and dir".formatted(spec.format()));
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
            return existing(volume);
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
    public void delete(String volume) {
        tried("delete volume '%s'".formatted(volume), () -> {
            VolumeFacts facts = existing(volume);
            requireIdle(volume);
            if (VolumeLook.isTree(facts)) {
                trees.delete(facts.path());
            } else {
                files.delete(facts.path());
                snapshotFolder.deleteAll(facts.path());
            }
            return null;
        });
    }

    @Override
    public VolumeSnapshots snapshots() {
        return snapshots;
    }

    @Override
    public VolumeContent open(String volume, boolean forWriting) {
        return tried("open volume '%s'".formatted(volume), () -> files.content(row(volume), forWriting));
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

    /** @throws io.fairlead.core.error.EngineException RESOURCE_BUSY if a volume is active */
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
        tried("stop the pool in " + folder.path(), () -> {
            requireIdle();
            trees.stop();
            folder.awaitRemovals();
            unmounter.unmount();
            return null;
        });
    }
}
