package io.fairlead.benchmarks;

import io.fairlead.conformance.guest.RootTree;
import io.fairlead.conformance.server.Server;
import io.fairlead.conformance.server.TestPool;
import java.nio.file.Path;

/** A pool with one tree, a container's root, from which clones are made. */
final class TreePool implements AutoCloseable {
    static final String IMAGE = "image";
    private static final String NAME = "pool";

    private final Contender contender;
    private final TestPool pool;

    private TreePool(Contender contender, TestPool pool) {
        this.contender = contender;
        this.pool = pool;
    }

    static TreePool start(Contender contender, TestPool.Kind kind) {
        Server server = contender.server();
        TreePool made = new TreePool(contender, TestPool.start(server, kind, NAME));
        contender.run("tree %s %s".formatted(NAME, IMAGE));
        // The volumes of a pool that mounts are visible only in the daemon's mount namespace.
        String path = server.virsh().ok("vol-path", IMAGE, "--pool", NAME).strip();
        RootTree.busybox(Path.of("/proc/%d/root%s".formatted(server.pid(), path)));
        return made;
    }

    String name() {
        return NAME;
    }

    /** Deletes all clones. */
    void clear() {
        contender.run("clear %s %s".formatted(NAME, IMAGE));
    }

    @Override
    public void close() {
        contender.run("clear %s -".formatted(NAME));
        pool.close();
    }
}
