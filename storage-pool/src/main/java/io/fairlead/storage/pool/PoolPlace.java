package io.fairlead.storage.pool;

import io.fairlead.linux.file.FileStat;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.KernelFile;
import io.fairlead.storage.driver.PoolSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

/**
 * What a pool lies on, by every name that can be told: paths as they are written, and behind links, other mounts and loop devices
 * the files and devices themselves. Two pools that have one in common would destroy each other's volumes.
 *
 * @param names of folders, devices and exports
 */
record PoolPlace(Set<String> names) {

    /** @param look false to go by what is written alone, where a look might wait for another host */
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
            // what is not there yet has no other name
        }
    }

    private static String identity(FileStat stat) {
        return "inode %s %d".formatted(stat.fileSystem(), stat.inode());
    }

    private static void addDevice(Path device, Set<String> names) {
        names.add("device " + device);
        try {
            FileStat stat = FileStat.of(device);
            if (!stat.isBlockDevice()) {
                names.add(identity(stat)); // a file that stands in for a device
                return;
            }
            String number = stat.deviceMajor() + ":" + stat.deviceMinor();
            names.add("block " + number);
            addLoopFile(number, names);
        } catch (ErrnoException e) {
            // as above
        }
    }

    /** What lies behind a loop device, of which one file may have many. */
    private static void addLoopFile(String number, Set<String> names) {
        try {
            Path file = Path.of("/sys/dev/block", number, "loop/backing_file");
            addFile(Path.of(KernelFile.readTrimmed(file)), names);
        } catch (IOException e) {
            // not a loop device
        }
    }

    boolean meets(PoolPlace other) {
        return !Collections.disjoint(names, other.names);
    }
}
