package io.fairlead.conformance.server;

import io.fairlead.conformance.client.Command;
import io.fairlead.conformance.client.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A folder that this machine's kernel exports by NFS 4 on the loopback interface (package nfs-kernel-server). It takes
 * the machine's whole NFS server for itself, so it is for a machine that exists for its test alone: User-Mode Linux.
 */
public final class NfsExport implements AutoCloseable {
    private static final Path STATE = Path.of("/var/lib/nfs");
    private static final Path CONTROL = Path.of("/proc/fs/nfsd");
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Path folder;
    private Process mountd;
    private Process rpcbind;

    private NfsExport(Path folder) {
        this.folder = folder;
    }

    /** @param folder a new one, on tmpfs */
    public static NfsExport of(Path folder) {
        NfsExport export = new NfsExport(folder);
        try {
            export.start();
            return export;
        } catch (IOException e) {
            export.close();
            throw new UncheckedIOException(e);
        } catch (RuntimeException | AssertionError e) {
            export.close();
            throw e;
        }
    }

    private void start() throws IOException {
        Files.createDirectories(folder);
        run("mount", "-t", "tmpfs", "nfs-state", STATE.toString());
        Files.createFile(STATE.resolve("etab"));
        Files.createFile(STATE.resolve("rmtab"));
        run("mount", "-t", "nfsd", "nfsd", CONTROL.toString());
        run("exportfs", "-o", "rw,fsid=0,no_root_squash,insecure,no_subtree_check", "127.0.0.1:" + folder);
        mountd = Command.of("rpc.mountd", "--foreground", "--no-nfs-version", "3")
                .start();
        answer();
    }

    /** Lets the server answer, for the first time or again. */
    public void answer() throws IOException {
        run("rpc.nfsd", "--host", "127.0.0.1", "--no-nfs-version", "3", "2");
        Eventually.until("the kernel serves NFS", LIMIT, () -> threads() > 0);
        // Otherwise clients wait a minute and a half, in case they held files open before the server came up.
        Files.writeString(CONTROL.resolve("v4_end_grace"), "Y");
    }

    /** From now on the machine also lists its exports (showmount), by the protocols that go with version 3. */
    public void announce() {
        mountd.destroy();
        rpcbind = Command.of("rpcbind", "-f").start();
        Eventually.until(
                "rpcbind answers",
                LIMIT,
                () -> Command.of("rpcinfo", "-p", "127.0.0.1").run().exit() == 0);
        mountd = Command.of("rpc.mountd", "--foreground").start();
        Eventually.until(
                "mountd answers",
                LIMIT,
                () -> Command.of("rpcinfo", "-t", "127.0.0.1", "mountd", "3")
                                .run()
                                .exit()
                        == 0);
    }

    /** The path that clients mount, on host 127.0.0.1: version 4 counts from the folder whose fsid is 0. */
    public String path() {
        return "/";
    }

    /** Where the server keeps it. */
    public Path folder() {
        return folder;
    }

    /** Ends the server; clients that have mounted the export get no answers any more. */
    public void fallSilent() {
        run("rpc.nfsd", "0");
    }

    private static int threads() {
        try {
            return Integer.parseInt(Files.readString(CONTROL.resolve("threads")).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(String... words) {
        Command.of(words).run().orFail();
    }

    @Override
    public void close() {
        Command.of("rpc.nfsd", "0").run();
        if (mountd != null) {
            mountd.destroy();
        }
        if (rpcbind != null) {
            rpcbind.destroy();
        }
        Command.of("exportfs", "-ua").run();
        Command.of("umount", CONTROL.toString()).run();
        Command.of("umount", STATE.toString()).run();
    }
}
