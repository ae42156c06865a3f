package io.fairlead.conformance.server;

import io.fairlead.conformance.client.Command;
import io.fairlead.conformance.client.Virsh;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A running storage pool for one case, of each kind there is; closed when the case ends. */
public final class TestPool implements AutoCloseable {
    /** The file system or device that a pool lies on. */
    public enum Kind {
        /** A folder of the file system that tests lie on; its trees are overlays. */
        FOLDER,
        BTRFS,
        XFS,
        /** Device-mapper thin devices, which the host's kernel may lack. */
        THIN
    }

    private static final long FILE_SYSTEM_BYTES = 400L << 20;
    private static final long THIN_METADATA_BYTES = 16L << 20;

    private final Server server;
    private final String name;
    private String loop = "";

    private TestPool(Server server, String name) {
        this.server = server;
        this.name = name;
    }

    public static TestPool start(Server server, Kind kind, String name) {
        TestPool pool = new TestPool(server, name);
        try {
            pool.start(kind);
            return pool;
        } catch (RuntimeException | AssertionError e) {
            pool.close();
            throw e;
        }
    }

    private void start(Kind kind) {
        Virsh virsh = server.virsh();
        String target = server.directory().resolve("pool-" + name).toString();
        switch (kind) {
            case FOLDER -> {
                virsh.ok("pool-define-as", name, "dir", "--target", target);
                virsh.ok("pool-build", name);
            }
            case BTRFS, XFS -> {
                loop = Command.of("losetup", "-f", "--show", file("disk", FILE_SYSTEM_BYTES))
                        .run()
                        .orFail();
                String format = kind == Kind.BTRFS ? "btrfs" : "xfs";
                virsh.ok(
                        "pool-define-as",
                        name,
                        "fs",
                        "--source-dev",
                        loop,
                        "--source-format",
                        format,
                        "--target",
                        target);
                virsh.ok("pool-build", name, "--overwrite");
            }
            case THIN -> {
                virsh.ok("pool-define", thinXml(target));
                virsh.ok("pool-build", name);
            }
        }
        virsh.ok("pool-start", name);
    }

    private String thinXml(String target) {
        String xml =
                "<pool type='logical'><name>%s</name><source><device path='%s'/><device path='%s'/></source><target><path>%s</path></target></pool>"
                        .formatted(
                                name, file("data", FILE_SYSTEM_BYTES), file("metadata", THIN_METADATA_BYTES), target);
        return write("pool.xml", xml);
    }

    private String file(String what, long bytes) {
        Path file = server.directory().resolve(name + "-" + what);
        Command.of("truncate", "-s", Long.toString(bytes), file.toString())
                .run()
                .orFail();
        return file.toString();
    }

    private String write(String what, String text) {
        try {
            return Files.writeString(server.directory().resolve(name + "-" + what), text)
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes the pool down and all in it away. After a case that failed, ends the domains that still use it. */
    @Override
    public void close() {
        Virsh virsh = server.virsh();
        if (virsh.run("pool-destroy", name).exit() != 0) {
            server.wipe(); // otherwise they would lose their disks and keep the pool's volumes for later cases
        }
        virsh.run("pool-undefine", name);
        if (!loop.isEmpty()) {
            Command.of("losetup", "-d", loop).run();
        }
        Scratch.delete(server.directory().resolve("pool-" + name));
        for (String what : new String[] {"disk", "data", "metadata", "pool.xml"}) {
            Scratch.delete(server.directory().resolve(name + "-" + what));
        }
    }
}
