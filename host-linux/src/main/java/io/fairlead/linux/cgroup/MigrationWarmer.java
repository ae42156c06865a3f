package io.fairlead.linux.cgroup;

import io.fairlead.linux.process.Spawn;
import io.fairlead.linux.process.SpawnedProcess;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.KernelFile;
import io.fairlead.linux.sys.Libc;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the wait out of the next move of a process between v1 cgroups.
 *
 * <p>The first write to any {@code cgroup.procs} after a quiet time waits for an RCU grace period; those within the
 * next 15 milliseconds do not. Measured on kernel 6.18: 7.8 ms against 0.3 ms. So a sleeping process of our own is
 * moved between two groups of our own while a start is still being prepared. On hosts with v2 alone it does nothing.
 *
 * <p>The helper reads a pipe that only we hold open, so it ends when we do, however we do.
 */
public final class MigrationWarmer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(MigrationWarmer.class);
    private static final Duration REMOVE_LIMIT = Duration.ofSeconds(1);
    private static final int O_CLOEXEC = 0x80000;

    private final CgroupLayout layout;
    private final List<Cgroup> groups;
    private final Hierarchy hierarchy;
    private final ThreadPoolExecutor executor;
    private Fd pipe;
    private SpawnedProcess helper;
    private int moves;

    /**
     * @param parent where its two groups are made, named {@code warm-a} and {@code warm-b}, in one tree only; they are
     *     removed on close
     */
    public MigrationWarmer(CgroupLayout layout, Cgroup parent) {
        this.layout = layout;
        this.groups = List.of(parent.child("warm-a"), parent.child("warm-b"));
        this.hierarchy = layout.hierarchies().stream()
                .filter(tree -> !tree.unified())
                .filter(tree -> !tree.controllers().contains("cpuset")) // where a move also touches memory policies
                .findFirst()
                .orElse(null);
        // One move at a time, and none queued: a request during a move gains from that move.
        this.executor = new ThreadPoolExecutor(
                0, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(1), MigrationWarmer::thread, (task, pool) -> {});
    }

    /** Begins a move in the background and returns at once. */
    public void warm() {
        if (hierarchy != null && executor.getQueue().isEmpty()) {
            executor.execute(this::moveQuietly);
        }
    }

    /** Moves now. @return how long the kernel took, in nanoseconds; 0 where there is nothing to warm */
    synchronized long move() throws IOException {
        if (hierarchy == null) {
            return 0;
        }
        ensureHelper();
        Path target = hierarchy.folder(groups.get(moves++ % 2).path()).resolve("cgroup.procs");
        long begin = System.nanoTime();
        KernelFile.write(target, Integer.toString(helper.pid()));
        return System.nanoTime() - begin;
    }

    private void moveQuietly() {
        try {
            move();
        } catch (IOException e) {
            // A start without it is slower, no worse.
            log.warn("cannot warm up cgroup moves; starts of containers take some milliseconds longer", e);
            discardHelper();
        }
    }

    private void ensureHelper() throws IOException {
        if (helper != null) {
            return;
        }
        for (Cgroup group : groups) {
            new CgroupMaker(layout).makeIn(hierarchy, group.path());
        }
        int[] ends = new int[2];
        Errno.check(Libc.pipe2(ends, O_CLOEXEC), "pipe2", "cgroup warmer");
        pipe = new Fd(ends[1], "cgroup warmer");
        try (Fd reader = new Fd(ends[0], "cgroup warmer")) {
            helper = Spawn.of(List.of("cat"))
                    .descriptor(0, reader.number())
                    .newSession()
                    .start();
        }
    }

    private synchronized void discardHelper() {
        try {
            if (helper != null) {
                helper.kill();
            }
        } catch (IOException e) {
            log.warn("cannot end the helper of the cgroup warmer", e);
        }
        helper = null;
        if (pipe != null) {
            pipe.close();
            pipe = null;
        }
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "cgroup-warmer");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() throws IOException {
        executor.shutdown();
        try {
            executor.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        discardHelper();
        for (Cgroup group : groups) {
            group.remove(REMOVE_LIMIT);
        }
    }
}
