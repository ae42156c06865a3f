package io.fairlead.daemon;

import io.fairlead.daemon.config.DaemonConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * The places of one daemon's files, and its name, which tells it from other daemons on the host.
 *
 * @param name empty for the system's own instance, else a short hash of its folder
 * @param state folder of the files that must survive a reboot
 * @param run folder of the files that need not survive a reboot
 * @param log folder of the log files
 * @param sockets pairs of sockets to open; each pair is for one URI scheme
 */
public record Instance(String name, Path state, Path run, Path log, List<SocketPair> sockets) {
    /** A socket for all calls and a read-only one beside it. */
    public record SocketPair(Path readWrite, Path readOnly) {
        static SocketPair of(Path folder, String name) {
            return new SocketPair(folder.resolve(name), folder.resolve(name + "-ro"));
        }
    }

    private static final Path LIBVIRT_RUN = Path.of("/run/libvirt");
    private static final int NAME_DIGITS = 8;

    public Instance {
        sockets = List.copyOf(sockets);
    }

    public static Instance of(DaemonConfig config) {
        return config.root().map(Instance::below).orElseGet(Instance::system);
    }

    /** Clients look for lxc:///system in virtlxcd-sock and for fairlead:///system in virtfairleadd-sock. */
    private static Instance system() {
        return new Instance(
                "",
                Path.of("/var/lib/fairlead"),
                Path.of("/run/fairlead"),
                Path.of("/var/log/fairlead"),
                List.of(SocketPair.of(LIBVIRT_RUN, "virtlxcd-sock"), SocketPair.of(LIBVIRT_RUN, "virtfairleadd-sock")));
    }

    private static Instance below(Path root) {
        Path run = root.resolve("run");
        return new Instance(
                hash(root),
                root.resolve("state"),
                run,
                root.resolve("log"),
                List.of(SocketPair.of(run, "libvirt-sock")));
    }

    private static String hash(Path root) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(root.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, NAME_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The cgroup below which this instance's containers are. */
    public String cgroupRoot() {
        return name.isEmpty() ? "/fairlead" : "/fairlead-" + name;
    }
}
