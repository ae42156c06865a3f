package io.fairlead.core.snapshot;

import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.kit.error.ErrorDomain;
import io.fairlead.xml.domain.model.Devices;
import io.fairlead.xml.domain.model.Disk;
import io.fairlead.xml.domain.model.Filesystem;
import io.fairlead.xml.domain.model.VolumeSource;
import io.fairlead.xml.snapshot.SnapshotDisk;
import io.fairlead.xml.snapshot.SnapshotDisk.Mode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The file systems and disks of a domain that are in a snapshot. Each one that is writable must be in it, unless the
 * client leaves it out: a snapshot that silently lacks a part would restore a state that never was.
 *
 * @param volumes the volumes to be frozen
 * @param disks the same as the client sees it, including the parts that are left out
 */
public record SnapshotPlan(Set<VolumeSource> volumes, List<SnapshotDisk> disks) {
    public SnapshotPlan {
        volumes = Set.copyOf(volumes);
        disks = List.copyOf(disks);
    }

    /**
     * A file system or a disk. {@code volume} is empty if it has no frozen content; {@code kept} says if it needs one.
     */
    private record Part(String what, Set<String> names, String shown, Optional<VolumeSource> volume, boolean kept) {}

    /**
     * @param wanted the client's choices for single file systems and disks
     * @param path gives the path of a volume on the host
     * @throws EngineException CONFIG_UNSUPPORTED naming the file system or disk that cannot be in a snapshot
     */
    public static SnapshotPlan of(Devices devices, List<SnapshotDisk> wanted, Function<VolumeSource, String> path) {
        List<Part> parts = new ArrayList<>();
        devices.filesystems().forEach(filesystem -> parts.add(part(filesystem, path)));
        devices.disks().forEach(disk -> parts.add(part(disk, path)));
        Map<Part, Mode> modes = modes(parts, wanted);
        Set<VolumeSource> volumes = new HashSet<>();
        Map<String, SnapshotDisk> shown = new LinkedHashMap<>();
        for (Part part : parts) {
            Mode mode = modes.getOrDefault(part, part.kept() ? Mode.INTERNAL : Mode.NO);
            if (mode == Mode.INTERNAL) {
                volumes.add(part.volume().orElseThrow(() -> unsupported(part)));
            } else if (mode != Mode.NO) {
                throw unsupported("%s snapshot of %s: only internal ones are made, in the pool of its volume"
                        .formatted(mode.xmlName(), part.what()));
            }
            if (part.volume().isPresent()) {
                shown.put(part.shown(), new SnapshotDisk(part.shown(), mode));
            }
        }
        return new SnapshotPlan(volumes, List.copyOf(shown.values()));
    }

    private static Part part(Filesystem filesystem, Function<VolumeSource, String> path) {
        String what = "filesystem '%s'".formatted(filesystem.target());
        String source = filesystem.volume().map(path).orElse(filesystem.source());
        // RAM file systems are in no snapshot. A folder bound from the root is in it as part of the root.
        boolean kept =
                switch (filesystem.type()) {
                    case RAM, BIND -> false;
                    default -> !filesystem.readonly();
                };
        return new Part(what, new HashSet<>(List.of(filesystem.target(), source)), source, filesystem.volume(), kept);
    }

    private static Part part(Disk disk, Function<VolumeSource, String> path) {
        String what = "disk '%s'".formatted(disk.target());
        String source = disk.volume().map(path).or(disk::source).orElse("");
        return new Part(
                what, new HashSet<>(List.of(disk.target(), source)), disk.target(), disk.volume(), !disk.readonly());
    }

    private static Map<Part, Mode> modes(List<Part> parts, List<SnapshotDisk> wanted) {
        Map<Part, Mode> modes = new LinkedHashMap<>();
        for (SnapshotDisk disk : wanted) {
            Part part = parts.stream()
                    .filter(candidate -> candidate.names().contains(disk.name()))
                    .findFirst()
                    .orElseThrow(() -> unsupported("no disk named '%s'".formatted(disk.name())));
            if (modes.put(part, disk.mode()) != null) {
                throw unsupported("disk '%s' specified twice".formatted(disk.name()));
            }
        }
        return modes;
    }

    private static EngineException unsupported(Part part) {
        return unsupported(
                "%s is no volume of a storage pool, so that its content cannot be kept; leave it out with <disk name='%s' snapshot='no'/>"
                        .formatted(part.what(), part.shown()));
    }

    private static EngineException unsupported(String message) {
        return new EngineException(ErrorCode.CONFIG_UNSUPPORTED, ErrorDomain.DOMAIN_SNAPSHOT, message, null);
    }
}
