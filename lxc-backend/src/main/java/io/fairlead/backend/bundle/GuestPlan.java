package io.fairlead.backend.bundle;

import io.fairlead.core.volume.MountSpec;
import io.fairlead.xml.domain.model.Capability;
import io.fairlead.xml.domain.model.Features;
import io.fairlead.xml.domain.model.SharedNamespaces;
import io.fairlead.xml.domain.model.VolumeSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The parts of a definition that have an effect on a guest, checked and in the kernel's units. Made by
 * {@link PlanReader}.
 *
 * @param partition cgroup partition, begins with a slash
 * @param thirtyTwoBit i686 instead of x86_64
 * @param capabilityPolicy for the capabilities that are not named
 * @param capabilities whether a named capability is on, by its name
 * @param privateNetwork whether the guest gets its own network namespace with nothing but lo
 * @param shared namespaces that the guest shares, by OCI type: network, ipc, uts
 */
record GuestPlan(
        String name,
        UUID uuid,
        String partition,
        boolean thirtyTwoBit,
        Init init,
        List<Filesystem> filesystems,
        List<Disk> disks,
        List<HostNode> hostNodes,
        List<IdRange> userIds,
        List<IdRange> groupIds,
        Features.CapabilityPolicy capabilityPolicy,
        Map<Capability, Boolean> capabilities,
        boolean privateNetwork,
        Map<String, SharedNamespaces.Source> shared,
        Limits limits) {
    GuestPlan {
        filesystems = List.copyOf(filesystems);
        disks = List.copyOf(disks);
        hostNodes = List.copyOf(hostNodes);
        userIds = List.copyOf(userIds);
        groupIds = List.copyOf(groupIds);
        capabilities = Map.copyOf(capabilities);
        shared = Map.copyOf(shared);
    }

    private static final Filesystem HOST = new Filesystem(FilesystemKind.MOUNT, "/", null, "/", false, 0);

    /** The root file system; the host's own root if the definition has none. */
    Filesystem root() {
        return filesystems.stream().filter(Filesystem::isRoot).findFirst().orElse(HOST);
    }

    /** For messages. */
    String rootName() {
        return root().source() == null ? "in memory" : root().source();
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

    /**
     * Only the owner of the network namespace may mount sysfs. A guest with its own users on the host's network is not
     * the owner.
     */
    boolean bindsSysfs() {
        return mapped() && !privateNetwork;
    }

    /** The plan with every volume replaced by the folder, file or device that it is ready as. */
    GuestPlan on(Map<VolumeSource, MountSpec> volumes) {
        volumes.forEach((volume, ready) -> {
            if (ready.kind() == MountSpec.Kind.FILE) {
                refuseTwice(volume);
            }
        });
        return new GuestPlan(
                name,
                uuid,
                partition,
                thirtyTwoBit,
                init,
                filesystems.stream().map(filesystem -> filesystem.on(volumes)).toList(),
                disks.stream().map(disk -> disk.on(volumes)).toList(),
                hostNodes,
                userIds,
                groupIds,
                capabilityPolicy,
                capabilities,
                privateNetwork,
                shared,
                limits);
    }

    /** Each use of a file is a loop device with a cache of its own: two of them would destroy each other's writes. */
    private void refuseTwice(VolumeSource volume) {
        long uses = filesystems.stream()
                        .filter(filesystem -> volume.equals(filesystem.volume()))
                        .count()
                + disks.stream().filter(disk -> volume.equals(disk.volume())).count();
        Refusal.unless(uses <= 1, "volume %s is a file, and used %d times", volume, uses);
    }

    /**
     * The first process.
     *
     * @param command program and arguments
     * @param environment variables added after the fixed ones, each {@code NAME=value}
     * @param directory working directory; null is the root
     * @param user name or number; null is root
     * @param group name or number; null is the user's own
     * @param commandLine the definition's os/cmdline, or null
     */
    record Init(
            List<String> command,
            List<String> environment,
            String directory,
            String user,
            String group,
            String commandLine) {
        Init {
            command = List.copyOf(command);
            environment = List.copyOf(environment);
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

    /** A device node of the host that the guest gets under the same path. */
    record HostNode(String path, boolean block, String access) {}

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
