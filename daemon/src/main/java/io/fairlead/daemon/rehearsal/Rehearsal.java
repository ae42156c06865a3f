package io.fairlead.daemon.rehearsal;

import io.fairlead.daemon.log.Logs;
import io.fairlead.libvirt.HostFacts;
import io.fairlead.linux.process.ThreadPriority;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that plays the usual calls of clients through, beside the start of the daemon: the first connection to one that
 * nobody has used took 100 ms and more, and the next ones several times as long as those that come seconds later.
 *
 * <p>The first {@value #FIRST_ROUNDS} rounds, in which most classes are linked, are over before clients are served. The others,
 * until the virtual machine has compiled what they run through (some 200 times), come from a thread that lets all others go
 * first, so that no client waits for more than one call of a round.
 */
public final class Rehearsal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);
    private static final int FIRST_ROUNDS = 2;
    private static final int ROUNDS = 200;
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

    /** @param folder that it makes, works in and removes; what a killed one has left in it is removed first */
    public static Rehearsal begin(Path folder, Callable<HostFacts> host) {
        Rehearsal rehearsal = new Rehearsal(folder, host, ROUNDS);
        rehearsal.thread.start();
        return rehearsal;
    }

    /** Returns when the first rounds are over, or have failed, or the time is up. */
    public void awaitFirstRounds(Duration limit) throws InterruptedException {
        first.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** The daemon serves: from now on, the other rounds are played. Before, they would keep it from getting there. */
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
        } catch (Exception e) { // whatever it is, the daemon serves without
            Logs.log(LOG, "not everything was rehearsed; first calls take some milliseconds longer", e);
        } finally {
            first.countDown();
        }
    }

    /** Cuts it short, and waits until it has tidied up. */
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
