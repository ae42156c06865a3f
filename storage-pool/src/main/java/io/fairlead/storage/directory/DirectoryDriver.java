package io.fairlead.storage.directory;

import io.fairlead.kit.error.ErrorCode;
import io.fairlead.linux.mount.MountTable;
import io.fairlead.linux.mount.Mounts;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.storage.driver.PoolBackend;
import io.fairlead.storage.driver.PoolDriver;
import io.fairlead.storage.driver.PoolSpec;
import io.fairlead.storage.driver.StorageErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Pools of the types {@code dir}, {@code fs} and {@code netfs}, which differ in the mount on their folder. */
public final class DirectoryDriver implements PoolDriver {
    private static final int FOLDER_MODE = 0711; // libvirt's, for a pool's folder that it makes

    private final Source source;
    private final FolderClaims claims;

    private DirectoryDriver(Source source, FolderClaims claims) {
        this.source = source;
        this.claims = claims;
    }

    /** One driver for each of the three types. */
    public static List<DirectoryDriver> all() {
        FolderClaims claims = new FolderClaims();
        return List.of(
                new DirectoryDriver(new PlainSource(), claims),
                new DirectoryDriver(new DeviceSource(), claims),
                new DirectoryDriver(new NetworkSource(), claims));
    }

    @Override
    public String type() {
        return source.type();
    }

    @Override
    public boolean isRemote() {
        return source.isRemote();
    }

    @Override
    public List<PoolSpec.Source> findSources(Optional<PoolSpec.Source> where) {
        return source.find(where);
    }

    @Override
    public void check(PoolSpec spec) {
        target(spec);
        spec.requirePlainTarget();
        source.check(spec);
    }

    private static Path target(PoolSpec spec) {
        return spec.target()
                .orElseThrow(() -> StorageErrors.of(ErrorCode.XML_ERROR, "missing storage pool target path"));
    }

    @Override
    public void build(PoolSpec spec, Build build) {
        source.build(spec, build);
        Path target = target(spec);
        try {
            boolean isNew = !Files.isDirectory(target);
            Files.createDirectories(target);
            if (isNew && spec.permissions().mode().isEmpty()) {
                Files.setAttribute(target, "unix:mode", FOLDER_MODE);
            }
            FileVolumes.apply(spec.permissions(), target);
        } catch (IOException e) {
            throw StorageErrors.failed("build pool '%s'".formatted(spec.name()), e);
        }
    }

    @Override
    public PoolBackend start(PoolSpec spec) {
        Path target = target(spec);
        requireFolder(target);
        try {
            Path real = target.toRealPath();
            boolean mounted = source.mount(spec, real);
            try {
                return start(spec, real, target);
            } catch (IOException | RuntimeException e) {
                if (mounted) {
                    Mounts.unmount(real);
                }
                throw e;
            }
        } catch (IOException e) {
            throw StorageErrors.failed("start pool '%s'".formatted(spec.name()), e);
        }
    }

    private PoolBackend start(PoolSpec spec, Path real, Path target) throws IOException {
        FolderClaim claim = claims.take(spec.name(), real, target);
        try {
            DirectoryBackend backend = DirectoryBackend.start(real, target, claim, () -> unmount(real));
            return source.isRemote() ? new RemoteBackend(spec.name(), real, backend) : backend;
        } catch (IOException | RuntimeException e) {
            claim.close();
            throw e;
        }
    }

    private static void requireFolder(Path target) {
        if (!Files.isDirectory(target)) {
            int errno = Files.exists(target) ? Errno.ENOTDIR : Errno.ENOENT;
            throw StorageErrors.of(
                    ErrorCode.SYSTEM_ERROR, "cannot open directory '%s': %s".formatted(target, Errno.words(errno)));
        }
    }

    private void unmount(Path target) throws IOException {
        if (source.mounts() && MountTable.own().at(target).isPresent()) {
            Mounts.unmount(target);
        }
    }

    @Override
    public void delete(PoolSpec spec) {
        Path target = target(spec);
        try {
            if (!Files.isDirectory(target)) {
                throw new ErrnoException(
                        Files.exists(target) ? Errno.ENOTDIR : Errno.ENOENT, "rmdir", target.toString());
            }
            PoolFolder.removeEmptyBookkeeping(target);
            Files.delete(target);
        } catch (IOException e) {
            throw StorageErrors.notRemoved(target, e);
        }
    }
}
