package io.fairlead.conformance.server;

import io.fairlead.conformance.client.Command;
import io.fairlead.conformance.client.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Entries of the kernel's tables that a dead daemon left, found by the directory that held all its files. */
public final class Leftovers {
    private static final int END_ROUNDS = 5;

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

    /**
     * Ends every process that a daemon has left, for a case that could not do it in order; its control groups go with
     * them.
     */
    static void end(Path directory) {
        Leftovers all = new Leftovers(directory, Set.of());
        List<Path> groups =
                cgroupDirectories("fairlead-" + all.instance()).map(Path::of).toList();
        for (int round = 0; round < END_ROUNDS; round++) { // the end of one process makes others end
            Stream.concat(all.processes().stream(), groups.stream().flatMap(Leftovers::members))
                    .map(process -> process.split(" ")[0])
                    .forEach(pid -> ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly));
            Eventually.sleep(Duration.ofMillis(100));
        }
        for (Path group : groups) {
            Command.of("find", group.toString(), "-depth", "-type", "d", "-exec", "rmdir", "{}", ";")
                    .run();
        }
    }

    /** The pids in a group and in those below it. */
    private static Stream<String> members(Path group) {
        try (Stream<Path> all = Files.walk(group)) {
            return all
                    .filter(path -> path.endsWith("cgroup.procs"))
                    .flatMap(path -> read(path).lines())
                    .toList()
                    .stream();
        } catch (IOException | UncheckedIOException e) {
            return Stream.of(); // it went meanwhile
        }
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
