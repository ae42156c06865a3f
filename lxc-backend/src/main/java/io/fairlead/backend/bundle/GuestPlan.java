package io.fairlead.backend.bundle;

import io.fairlead.core.backend.FileMount;
import io.fairlead.core.backend.LaunchPlan;
import io.fairlead.core.backend.LaunchRequest;
import io.fairlead.core.backend.Stdio;
import io.fairlead.core.volume.MountSpec;
import io.fairlead.xml.domain.DomainDocument;
import io.fairlead.xml.domain.model.SharedNamespaces;
import io.fairlead.xml.domain.model.VolumeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The parts of a definition that have an effect on a guest, checked and in the kernel's units. Made by
 * {@link PlanReader}; completed by {@link #with} with what a launch adds.
 *
 * @param stdio the standard streams of init
 */
record GuestPlan(
        DomainDocument definition,
        Identity identity,
        Init init,
        Stdio stdio,
        Storage storage,
        Users users,
        Sharing sharing,
        Confinement confinement,
        Limits limits)
        implements LaunchPlan {
    private static final Filesystem HOST = new Filesystem(FilesystemKind.MOUNT, "/", null, "/", false, 0);

    String name() {
        return identity.name();
    }

    List<Filesystem> filesystems() {
        return storage.filesystems();
    }

    List<Disk> disks() {
        return storage.disks();
    }

    /** The root file system; the host's own root if the definition has none. */
    Filesystem root() {
        return filesystems().stream().filter(Filesystem::isRoot).findFirst().orElse(HOST);
    }

    /** For messages. */
    String rootName() {
        return root().source() == null ? "in memory" : root().source();
    }

    /**
     * Only the owner of the network namespace may mount sysfs. A guest with its own users on the host's network is not
     * the owner.
     */
    boolean bindsSysfs() {
        return users.mapped() && !sharing.privateNetwork();
    }

    /**
     * The plan with what a launch adds, and every volume replaced by the folder, file or device that it is ready as.
     */
    GuestPlan with(LaunchRequest request) {
        return new GuestPlan(
                definition,
                identity,
                request.environment().map(init::on).orElse(init),
                request.stdio().orElse(stdio),
                storage.on(request.volumes()).and(request.files()),
                users,
                sharing,
                confinement,
                limits);
    }

    /**
     * @param partition parent of the guest's control group below the instance's own; begins with a slash
     * @param thirtyTwoBit i686 instead of x86_64
     */
    record Identity(String name, UUID uuid, String partition, boolean thirtyTwoBit) {}

    /** @param nodes devices of the host that the guest may use */
    record Storage(List<Filesystem> filesystems, List<Disk> disks, List<HostNode> nodes) {
        Storage {
            filesystems = List.copyOf(filesystems);
            disks = List.copyOf(disks);
            nodes = List.copyOf(nodes);
        }

        Storage on(Map<VolumeSource, MountSpec> volumes) {
            volumes.forEach((volume, ready) -> {
                if (ready.kind() == MountSpec.Kind.FILE) {
                    refuseTwice(volume);
                }
            });
            return new Storage(
                    filesystems.stream()
                            .map(filesystem -> filesystem.on(volumes))
                            .toList(),
                    disks.stream().map(disk -> disk.on(volumes)).toList(),
                    nodes);
        }

        /** Each use of a file is a loop device with a cache of its own: two would destroy each other's writes. */
        private void refuseTwice(VolumeSource volume) {
            long uses = filesystems.stream()
                            .filter(filesystem -> volume.equals(filesystem.volume()))
                            .count()
                    + disks.stream()
                            .filter(disk -> volume.equals(disk.volume()))
                            .count();
            Refusal.unless(uses <= 1, "volume %s is a file, and used %d times", volume, uses);
        }

        Storage and(List<FileMount> files) {
            if (files.isEmpty()) {
                return this;
            }
            List<Filesystem> all = new ArrayList<>(filesystems);
            for (FileMount file : files) {
                String source = file.source().toString();
                all.add(new Filesystem(FilesystemKind.MOUNT, source, null, file.target(), file.readOnly(), 0));
            }
            return new Storage(all, disks, nodes);
        }
    }

    /** The guest's own numbers of users and groups; none if they are the host's. */
    record Users(List<IdRange> userIds, List<IdRange> groupIds) {
        Users {
            userIds = List.copyOf(userIds);
            groupIds = List.copyOf(groupIds);
        }

        boolean mapped() {
            return !userIds.isEmpty();
        }

        /** The host's number of a user of the guest. */
        long hostUser(long id) {
            return hostId(userIds, id);
        }

        /** The host's number of a group of the guest. */
        long hostGroup(long id) {
            return hostId(groupIds, id);
        }

        private static long hostId(List<IdRange> ranges, long id) {
            return ranges.stream()
                    .filter(range -> range.start() <= id && id < range.start() + range.count())
                    .mapToLong(range -> range.target() + id - range.start())
                    .findFirst()
                    .orElse(id);
        }
    }

    /**
     * @param privateNetwork whether the guest gets its own network namespace with nothing but lo
     * @param shared namespaces that the guest shares, by OCI type: network, ipc, uts
     */
    record Sharing(boolean privateNetwork, Map<String, SharedNamespaces.Source> shared) {
        Sharing {
            shared = Map.copyOf(shared);
        }
    }

    /**
     * The first process.
     *
     * @param command program and arguments
     * @param base the first variables of the environment, each {@code NAME=value}
     * @param environment variables added after those
     * @param directory working directory; null is the root
     * @param user name or number; null is root
     * @param group name or number; null is the user's own
     */
    record Init(
            List<String> command,
            List<String> base,
            List<String> environment,
            String directory,
            String user,
            String group) {
        Init {
            command = List.copyOf(command);
            base = List.copyOf(base);
            environment = List.copyOf(environment);
        }

        private Init on(List<String> otherBase) {
            return new Init(command, otherBase, environment, directory, user, group);
        }

        List<String> wholeEnvironment() {
            return Stream.concat(base.stream(), environment.stream()).toList();
        }
    }

    enum FilesystemKind {
        /** A folder or file of the host. */
        MOUNT,
        /** A folder or file of the guest's own tree. */
        BIND,
        /** A file with a file system in it. */
        FILE,
        /** A block device of the host. */
        BLOCK,
        /** Memory. */
        RAM,
        /** A volume of a pool. Once it is ready, it is replaced by one of the other kinds. */
        VOLUME
    }

    /**
     * @param sizeBytes the size of RAM; 0 for other kinds. {@code source} is null for RAM and VOLUME, {@code volume}
     *     for all but VOLUME
     */
    record Filesystem(
            FilesystemKind kind, String source, VolumeSource volume, String target, boolean readOnly, long sizeBytes) {
        boolean isRoot() {
            return target.equals("/");
        }

        private Filesystem on(Map<VolumeSource, MountSpec> volumes) {
            if (kind != FilesystemKind.VOLUME) {
                return this;
            }
            MountSpec ready = volumes.get(volume);
            FilesystemKind as =
                    switch (ready.kind()) {
                        case TREE -> FilesystemKind.MOUNT;
                        case FILE -> FilesystemKind.FILE;
                        case BLOCK -> FilesystemKind.BLOCK;
                    };
            return new Filesystem(as, ready.path().toString(), null, target, readOnly, 0);
        }
    }

    /**
     * @param file whether the source is a file and not a device
     * @param volume the volume if the source is one that is not ready yet, else null
     * @param target a name in /dev
     */
    record Disk(boolean file, String source, VolumeSource volume, String target, boolean readOnly) {
        private Disk on(Map<VolumeSource, MountSpec> volumes) {
            if (volume == null) {
                return this;
            }
            MountSpec ready = volumes.get(volume);
            Refusal.unless(ready.kind() != MountSpec.Kind.TREE, "disk '%s' on a tree of files, %s", target, volume);
            boolean isFile = ready.kind() == MountSpec.Kind.FILE;
            return new Disk(isFile, ready.path().toString(), null, target, readOnly);
        }
    }

    /**
     * A device of the host for which the guest gets a node.
     *
     * @param path of the guest's node
     * @param source the host's path
     * @param access letters of the devices control group: r, w, m
     */
    record HostNode(String path, String source, boolean block, String access) {
        /** Under the same path. */
        static HostNode same(String path, boolean block, String access) {
            return new HostNode(path, path, block, access);
        }
    }

    record IdRange(long start, long target, long count) {}

    /** Limits in bytes, microseconds and I/O operations per second. Null means no limit. */
    record Limits(
            Long memoryBytes,
            Long memorySoftBytes,
            Long memoryAndSwapBytes,
            String cpus,
            Long cpuShares,
            Long cpuQuotaMicros,
            Long cpuPeriodMicros,
            String memoryNodes,
            Integer ioWeight,
            List<DeviceLimits> devices) {
        Limits {
            devices = List.copyOf(devices);
        }
    }

    /** @param device path of a block device */
    record DeviceLimits(
            String device,
            Integer weight,
            Long readBytes,
            Long writeBytes,
            Long readOperations,
            Long writeOperations) {}
}
