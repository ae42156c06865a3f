package io.fairlead.linux.testing;

import io.fairlead.linux.cgroup.CgroupLayout;
import io.fairlead.linux.cgroup.Hierarchy;
import io.fairlead.linux.device.LoopDevices;
import io.fairlead.linux.mount.MountEntry;
import io.fairlead.linux.mount.MountTable;
import io.fairlead.linux.process.ProcessStat;
import io.fairlead.linux.process.ProcessTable;
import io.fairlead.linux.sys.CString;
import io.fairlead.linux.sys.DirectoryReader;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Libc;
import io.fairlead.linux.sys.OpenFlags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The content of the host's tables at one moment, one line per entry. A comparison of two moments shows the leftovers
 * of a test.
 */
public record HostTables(Set<String> lines) {
    public HostTables {
        lines = Set.copyOf(lines);
    }

    /**
     * Mounts, network links, loop devices, cgroups whose top part begins with {@code cgroupPrefix}, and processes whose
     * command is one of {@code commands} (as /proc shows them, at most 15 bytes).
     */
    public static HostTables snapshot(String cgroupPrefix, Set<String> commands) throws IOException {
        Set<String> lines = new TreeSet<>();
        for (MountEntry mount : MountTable.own().entries()) {
            lines.add("mount %d %s %s".formatted(mount.id(), mount.target(), mount.type()));
        }
        for (DirectoryReader.Entry link : DirectoryReader.read(Path.of("/sys/class/net"))) {
            lines.add("link " + link.text());
        }
        LoopDevices.attachedBelow(Path.of("/"))
                .forEach((index, file) -> lines.add("loop %d %s".formatted(index, file)));
        cgroups(cgroupPrefix, lines);
        for (int pid : ProcessTable.all()) {
            process(pid, commands, lines);
        }
        return new HostTables(lines);
    }

    /** Open descriptors of a process, with the file behind each. */
    public static HostTables descriptors(int pid) throws IOException {
        Path folder = Path.of("/proc/" + pid + "/fd");
        List<String> lines = new ArrayList<>();
        for (DirectoryReader.Entry entry : DirectoryReader.read(folder)) {
            byte[] target = new byte[4096];
            byte[] path = CString.of(folder.resolve(entry.text()));
            long length = Libc.readlinkat(OpenFlags.AT_FDCWD, path, target, target.length);
            if (length >= 0) { // the descriptor that reads the folder is gone already
                lines.add("descriptor %s %s".formatted(entry.text(), CString.read(target, 0, (int) length)));
            }
        }
        return new HostTables(Set.copyOf(lines));
    }

    /** Entries that are here and were not there; sorted. */
    public List<String> addedSince(HostTables earlier) {
        return lines.stream()
                .filter(line -> !earlier.lines.contains(line))
                .sorted()
                .toList();
    }

    /** Entries that were there and are here no more; sorted. */
    public List<String> goneSince(HostTables earlier) {
        return earlier.addedSince(this);
    }

    private static void cgroups(String prefix, Set<String> lines) throws IOException {
        for (Hierarchy hierarchy : CgroupLayout.detect().hierarchies()) {
            for (DirectoryReader.Entry entry : DirectoryReader.read(hierarchy.mountPoint())) {
                if (entry.text().startsWith(prefix)) {
                    try (Stream<Path> tree = Files.walk(hierarchy.mountPoint().resolve(entry.text()))) {
                        tree.filter(Files::isDirectory).forEach(folder -> lines.add("cgroup " + folder));
                    }
                }
            }
        }
    }

    private static void process(int pid, Set<String> commands, Set<String> lines) throws IOException {
        try {
            ProcessStat stat = ProcessStat.read(pid);
            if (commands.contains(stat.name())) {
                lines.add("process %d %s %s".formatted(pid, stat.name(), stat.state()));
            }
        } catch (ErrnoException e) {
            if (e.errno() != Errno.ENOENT && e.errno() != Errno.ESRCH) {
                throw e;
            }
        }
    }
}
