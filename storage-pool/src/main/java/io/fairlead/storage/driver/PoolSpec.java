package io.fairlead.storage.driver;

import static java.util.Objects.requireNonNull;

import io.fairlead.kit.error.ErrorCode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A pool as it was defined.
 *
 * @param type libvirt's name, such as {@code dir}
 * @param target where the pool shows in the file system; empty where the type has no say in it
 */
public record PoolSpec(
        UUID uuid, String name, String type, Source source, Optional<Path> target, Permissions permissions) {
    /**
     * Where the pool's content comes from; which parts count depends on the type.
     *
     * @param devices paths of block devices, or of files standing in for them
     * @param host of a network file system
     * @param directory exported by that host, or shown by the pool
     * @param name of a volume group
     * @param format such as {@code ext4} or {@code nfs}; {@code auto} or empty to find out
     * @param mountOptions as the mount program takes them, beside our own
     */
    public record Source(
            List<Path> devices,
            Optional<String> host,
            Optional<String> directory,
            Optional<String> name,
            Optional<String> format,
            List<String> mountOptions) {
        public static final Source NONE = on(List.of(), Optional.empty());

        public Source {
            devices = List.copyOf(devices);
            mountOptions = List.copyOf(mountOptions);
        }

        /** A folder of another host. */
        public static Source exported(String host, String directory, String format) {
            return new Source(
                    List.of(),
                    Optional.of(host),
                    Optional.of(directory),
                    Optional.empty(),
                    Optional.of(format),
                    List.of());
        }

        /** On devices of this host. */
        public static Source on(List<Path> devices, Optional<String> format) {
            return new Source(devices, Optional.empty(), Optional.empty(), Optional.empty(), format, List.of());
        }
    }

    public PoolSpec {
        requireNonNull(uuid, "uuid");
        requireNonNull(name, "name");
        requireNonNull(type, "type");
        requireNonNull(source, "source");
        requireNonNull(target, "target");
        requireNonNull(permissions, "permissions");
    }

    /**
     * Refuses a target that another text would name as well, or that depends on the folder the daemon works in. Does
     * nothing if there is none.
     *
     * @throws io.fairlead.kit.error.EngineException XML_ERROR
     */
    public void requirePlainTarget() {
        if (target.isEmpty()) {
            return;
        }
        if (!target.get().isAbsolute()) {
            throw StorageErrors.of(
                    ErrorCode.XML_ERROR, "storage pool target path '%s' is not absolute".formatted(target.get()));
        }
        if (!target.get().normalize().equals(target.get())) {
            throw StorageErrors.of(
                    ErrorCode.XML_ERROR, "storage pool target path '%s' has . or .. in it".formatted(target.get()));
        }
    }
}
