package io.fairlead.storage.pool;

import io.fairlead.linux.device.LoopDevices;
import io.fairlead.linux.file.FileStat;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.storage.driver.PoolSpec;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

/**
 * The things a pool lies on, by all their known names: the paths as written, and the files and devices themselves
 * behind links, other mounts and loop devices. Two pools with a common name would destroy each other's volumes.
 *
 * @param names of folders, devices and exports
 */
record PoolPlace(Set<String> names) {

    /** @param look false to go by the definition's text alone, where a look might wait for another host */
    static PoolPlace of(PoolSpec spec, boolean look) {
        Set<String> names = new HashSet<>();
        spec.target().ifPresent(target -> {
            names.add("path " + target);
            if (look) {
                addFile(target, names);
            }
        });
        switch (spec.type()) {
            case "dir" -> {} // whatever its source says has no meaning
            case "netfs" -> names.add(export(spec.source()));
            default -> spec.source().devices().forEach(device -> addDevice(device, names));
        }
        return new PoolPlace(names);
    }

    private static String export(PoolSpec.Source source) {
        return "export %s:%s"
                .formatted(
                        source.host().orElse(""),
                        PathText.clean(source.directory().orElse("")));
    }

    private static void addFile(Path path, Set<String> names) {
        try {
            names.add(identity(FileStat.of(path)));
        } catch (ErrnoException e) {
            // a missing file has no other name yet
        }
    }

    private static String identity(FileStat stat) {
        return identity(stat.fileSystem(), stat.inode());
    }

    private static String identity(String fileSystem, long inode) {
        return "inode %s %d".formatted(fileSystem, inode);
    }

    private static void addDevice(Path device, Set<String> names) {
        names.add("device " + device);
        try {
            FileStat stat = FileStat.of(device);
            if (!stat.isBlockDevice()) {
                names.add(identity(stat)); // a file that stands in for a device
                return;
            }
            names.add("block %d:%d".formatted(stat.deviceMajor(), stat.deviceMinor()));
            // One file may have many loop devices.
            LoopDevices.backing(device).ifPresent(file -> names.add(identity(file.fileSystem(), file.inode())));
        } catch (ErrnoException e) {
            // as above
        }
    }

    boolean meets(PoolPlace other) {
        return !Collections.disjoint(names, other.names);
    }
}
