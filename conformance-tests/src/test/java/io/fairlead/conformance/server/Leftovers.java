package io.fairlead.conformance.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the kernel's tables still hold of a daemon that is gone, found by the directory everything of it lay below. */
public final class Leftovers {
    private final Path directory;
    private final Set<String> linksBefore;

    private Leftovers(Path directory, Set<String> linksBefore) {
        this.directory = directory;
        this.linksBefore = linksBefore;
    }

    /** Call before the first container of the daemon runs. */
    public static Leftovers before(Path directory) {
        return new Leftovers(directory, links());
    }

    /** One line per thing that is still there; empty when the host is as it was. */
    public List<String> find() {
        List<String> found = new ArrayList<>();
        processes().forEach(process -> found.add("process " + process));
        mounts().forEach(mount -> found.add("mount " + mount));
        loopDevices().forEach(device -> found.add("loop device " + device));
        Set<String> newLinks = links();
        newLinks.removeAll(linksBefore);
        newLinks.stream()
                .filter(link -> link.startsWith("veth") || link.startsWith("fl"))
                .forEach(link -> found.add("link " + link));
        cgroupDirectories("fairlead-" + instance()).forEach(group -> found.add("cgroup " + group));
        return found;
    }

    /** The daemon's name for itself in tables that all share: a hash of its directory. */
    private String instance() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(directory.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private List<String> processes() {
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            return all.filter(path -> path.getFileName().toString().chars().allMatch(Character::isDigit))
                    .map(path -> path.getFileName() + " "
                            + read(path.resolve("cmdline")).replace('\0', ' '))
                    .filter(text -> text.contains(directory.toString()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> mounts() {
        return read(Path.of("/proc/self/mountinfo"))
                .lines()
                .filter(line -> line.contains(directory.toString()))
                .toList();
    }

    private List<String> loopDevices() {
        try (Stream<Path> all = Files.list(Path.of("/sys/block"))) {
            return all.map(path -> path.resolve("loop/backing_file"))
                    .map(path -> path + " " + read(path).strip())
                    .filter(text -> text.contains(directory.toString()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> links() {
        try (Stream<Path> all = Files.list(Path.of("/sys/class/net"))) {
            return all.map(path -> path.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> cgroupDirectories(String name) {
        Path top = Path.of("/sys/fs/cgroup");
        try (Stream<Path> hierarchies = Files.list(top)) {
            return Stream.concat(Stream.of(top), hierarchies)
                    .map(hierarchy -> hierarchy.resolve(name))
                    .filter(Files::isDirectory)
                    .map(Path::toString)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Empty when the process or device went away meanwhile. */
    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }
}
