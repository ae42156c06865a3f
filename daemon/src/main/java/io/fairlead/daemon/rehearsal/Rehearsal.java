package io.fairlead.daemon.rehearsal;

import io.fairlead.daemon.log.Logs;
import io.fairlead.libvirt.node.HostFacts;
import io.fairlead.linux.process.ThreadPriority;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the usual calls of clients, on a thread beside the start of the daemon. Without it, the first connection to an
 * unused daemon took 100 ms and more, and the next ones several times as long as those that came seconds later.
 *
 * <p>The first {@value #FIRST_ROUNDS} rounds link most classes and end before clients are served. The other rounds
 * follow until the virtual machine has compiled their code (after some 20 calls each). They run on a thread of low
 * priority, so that a client waits for at most one call of a round.
 */
public final class Rehearsal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);

    /** With the value {@code false}, nothing is rehearsed: for hosts on which one round takes seconds. */
    private static final String PROPERTY = "fairlead.rehearsal";

    private static final int FIRST_ROUNDS = 2;
    private static final int ROUNDS = 40;
    private static final Duration PAUSE = Duration.ofMillis(2);

    private final Path folder;
    private final Callable<HostFacts> host;
    private final int rounds;
    private final CountDownLatch first = new CountDownLatch(1);
    private final CountDownLatch ready = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean closed;

    Rehearsal(Path folder, Callable<HostFacts> host, int rounds) {
        this.folder = folder;
        this.host = host;
        this.rounds = rounds;
        this.thread = new Thread(Logs.unlogged(), this::run, "rehearsal");
        thread.setDaemon(true);
    }

    /** @param folder the folder that it makes, uses and removes; files of a killed rehearsal are removed first */
    public static Rehearsal begin(Path folder, Callable<HostFacts> host) {
        Rehearsal rehearsal = new Rehearsal(folder, host, ROUNDS);
        if (Boolean.parseBoolean(System.getProperty(PROPERTY, "true"))) {
            rehearsal.thread.start();
        } else {
            rehearsal.first.countDown();
        }
        return rehearsal;
    }

    /** Waits until the first rounds are over or have failed, or the time is up. */
    public void awaitFirstRounds(Duration limit) throws InterruptedException {
        first.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** The daemon serves: begins the other rounds, which would have delayed its start before. */
    public void goOn() {
        ready.countDown();
    }

    void run() {
        try (Stage stage = Stage.open(folder, host.call())) {
            for (int round = 0; round < rounds && !closed; round++) {
                if (round == FIRST_ROUNDS) {
                    first.countDown();
                    ready.await();
                    ThreadPriority.lowerOwnToLowest();
                    Script.playWithPools(stage);
                }
                if (round >= FIRST_ROUNDS) {
                    Thread.sleep(PAUSE.toMillis());
                }
                Script.play(stage, round);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) { // after any failure the daemon serves without a rehearsal
            Logs.log(LOG, "not everything was rehearsed; first calls take some milliseconds longer", e);
        } finally {
            first.countDown();
        }
    }

    /** Stops the rehearsal, and waits until it has cleaned up. */
    @Override
    public void close() {
        closed = true;
        goOn();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
