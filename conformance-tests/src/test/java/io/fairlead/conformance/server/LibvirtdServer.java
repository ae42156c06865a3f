package io.fairlead.conformance.server;

import io.fairlead.conformance.client.Eventually;
import io.fairlead.conformance.client.Virsh;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** libvirt's own daemon with its LXC driver, apart from the machine's; its containers die with it. */
public final class LibvirtdServer implements Server {
    private static final Path PROGRAM = Path.of("/usr/sbin/libvirtd");
    private static final Path CGROUPS = Path.of("/sys/fs/cgroup");

    private final Path directory;
    private final String id;
    private final Process process;

    private LibvirtdServer(Path directory, String id, Process process) {
        this.directory = directory;
        this.id = id;
        this.process = process;
    }

    /** Whether libvirt's own daemon and its LXC driver are installed (package libvirt-daemon-driver-lxc). */
    public static boolean available() {
        return Files.isExecutable(PROGRAM) && Files.isExecutable(Path.of("/usr/lib/libvirt/libvirt_lxc"));
    }

    public static LibvirtdServer start() {
        Path directory = Scratch.newDirectory();
        String id = directory.getFileName().toString();
        try {
            Path script = directory.resolve("libvirtd-apart.sh");
            try (InputStream text =
                    LibvirtdServer.class.getResourceAsStream("/io/fairlead/conformance/libvirtd-apart.sh")) {
                Files.copy(text, script);
            }
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
            Process process = new ProcessBuilder(script.toString(), directory.toString(), id)
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("out").toFile())
                    .start();
            LibvirtdServer server = new LibvirtdServer(directory, id, process);
            server.awaitSocket();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("start libvirtd", e);
        }
    }

    private void awaitSocket() {
        try {
            Eventually.until("libvirtd serves", Duration.ofSeconds(20), () -> {
                if (!process.isAlive()) {
                    throw new AssertionError("libvirtd ended: " + log());
                }
                return Files.exists(socket()) && virsh().run("version").exit() == 0;
            });
        } catch (AssertionError e) {
            close();
            throw e;
        }
    }

    @Override
    public boolean isOracle() {
        return true;
    }

    @Override
    public Path directory() {
        return directory;
    }

    @Override
    public Path socket() {
        return directory.resolve("run/libvirt-sock");
    }

    @Override
    public Path readOnlySocket() {
        return directory.resolve("run/libvirt-sock-ro");
    }

    @Override
    public long pid() {
        return process.descendants()
                .filter(one -> one.info().command().orElse("").endsWith("/libvirtd"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no libvirtd below process " + process.pid()))
                .pid();
    }

    @Override
    public String log() {
        StringBuilder text = new StringBuilder();
        for (String name : List.of("out", "libvirtd.log")) {
            try {
                text.append(Files.readString(directory.resolve(name)));
            } catch (IOException e) {
                text.append("(no ").append(name).append(")\n");
            }
        }
        return text.toString();
    }

    /** Its own destroy waits for 1.8 s; a container whose init is killed is gone at once. */
    @Override
    public void wipe() {
        Virsh virsh = virsh();
        List<String> names = virsh.ok("list", "--name")
                .lines()
                .filter(name -> !name.isBlank())
                .toList();
        for (String name : names) {
            if (virsh.run("domstate", name).out().contains("paused")) {
                virsh.run("resume", name);
            }
            virsh.run("send-process-signal", name, "1", "kill");
        }
        if (!names.isEmpty()) {
            long end = System.nanoTime() + Duration.ofSeconds(3).toNanos();
            while (!virsh.ok("list", "--name").isBlank() && System.nanoTime() < end) {
                Eventually.sleep(Duration.ofMillis(20));
            }
        }
        Server.super.wipe();
    }

    @Override
    public void close() {
        // The kernel kills the whole process namespace with its process 1, which dies with unshare.
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Eventually.until("cgroups of libvirtd are gone", Duration.ofSeconds(10), this::removeCgroups);
        Scratch.delete(directory);
    }

    private boolean removeCgroups() {
        try (Stream<Path> hierarchies = Files.list(CGROUPS)) {
            return Stream.concat(Stream.of(CGROUPS), hierarchies)
                    .map(hierarchy -> hierarchy.resolve("fairlead-oracle-" + id))
                    .filter(Files::isDirectory)
                    .allMatch(LibvirtdServer::removeCgroup);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deepest first; a cgroup that still has a dying process is tried again later. */
    private static boolean removeCgroup(Path top) {
        try (Stream<Path> tree = Files.walk(top)) {
            return tree.filter(Files::isDirectory)
                    .sorted(Comparator.comparingInt(Path::getNameCount).reversed())
                    .allMatch(group -> group.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }
}
