package io.fairlead.rpc.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.rpc.server.Quotas.Kind;
import io.fairlead.rpc.server.Quotas.Seat;
import io.netty.util.internal.PlatformDependent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QuotasTest {
    private static final int CLIENTS = 1000;
    private static final long MIB = 1 << 20;
    private static final ServerSettings SETTINGS =
            ServerSettings.defaults().withMaxClients(CLIENTS).withMemory(128 * MIB);

    private final Workers workers = new Workers(SETTINGS, ServerThreads.workers("readers"));
    private final Quotas quotas = new Quotas(SETTINGS, workers);
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void stop() throws InterruptedException {
        end.countDown();
        workers.shutDown();
    }

    /** As many as there is room for, or as are wanted. */
    private List<Seat> fill(Kind kind, Object user, int wanted) {
        List<Seat> seats = new ArrayList<>();
        for (Seat seat = quotas.enter(kind, user);
                seat != null && seats.size() < wanted;
                seat = quotas.enter(kind, user)) {
            seats.add(seat);
        }
        return seats;
    }

    @Test
    void connections_ofOneReader_ofAllReaders_andOfAllButRoot_areLimited() {
        assertEquals(125, fill(Kind.READER, 1, CLIENTS).size());
        int readers = 125;
        for (int user = 2; user < 20; user++) {
            readers += fill(Kind.READER, user, CLIENTS).size();
        }
        assertEquals(500, readers);
        int writers = 0;
        for (int user = 1; user < 20; user++) {
            writers += fill(Kind.WRITER, user, CLIENTS).size();
        }
        assertEquals(250, writers);
        assertNull(quotas.enter(Kind.REMOTE, "somewhere"));
        assertEquals(250, fill(Kind.ROOT, 0, CLIENTS).size());
    }

    @Test
    void root_mayTakeAll() {
        assertEquals(CLIENTS, fill(Kind.ROOT, 0, CLIENTS).size());
        assertTrue(fill(Kind.ROOT, 0, 0).isEmpty());
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void smallLimits_stillLetSomebodyIn(Kind kind) {
        Quotas small = new Quotas(SETTINGS.withMaxClients(1), workers);
        Seat seat = small.enter(kind, 1);
        assertNotNull(seat);
        assertNull(small.enter(kind, 1));
        seat.leave();
        seat.leave();
        assertNotNull(small.enter(kind, 1));
        assertNull(small.enter(Kind.ROOT, 0));
    }

    @Test
    void bytes_ofOneUser_holdTheLargestPacket_andLeaveRootAsMuch() {
        Share reader = quotas.enter(Kind.READER, 1).share();
        Share other = quotas.enter(Kind.READER, 2).share();
        Share writer = quotas.enter(Kind.WRITER, 3).share();
        Share root = quotas.enter(Kind.ROOT, 0).share();
        assertTrue(reader.bytes().take(40 * MIB));
        assertFalse(reader.bytes().take(1));
        assertTrue(other.bytes().take(24 * MIB));
        assertFalse(other.bytes().take(1));
        assertTrue(writer.bytes().take(16 * MIB));
        assertFalse(writer.bytes().take(1));
        assertTrue(root.bytes().take(48 * MIB));
        assertFalse(root.bytes().take(1));
        reader.bytes().giveBack(40 * MIB);
        other.bytes().giveBack(24 * MIB);
        writer.bytes().giveBack(16 * MIB);
        root.bytes().giveBack(48 * MIB);
        assertEquals(0, quotas.bytes().used());
    }

    @Test
    void memory_isLessThanTheProcessHasForBuffers() {
        assertTrue(ServerSettings.defaults().memoryBytes() <= PlatformDependent.maxDirectMemory() / 2);
    }

    @Test
    void threads_ofReaders_andOfOneOfThem_leaveOthersTheirs() throws Exception {
        Share reader = quotas.enter(Kind.READER, 1).share();
        Share other = quotas.enter(Kind.READER, 2).share();
        Share writer = quotas.enter(Kind.WRITER, 3).share();
        Share root = quotas.enter(Kind.ROOT, 0).share();
        for (int i = 0; i < 100; i++) {
            reader.of(Execution.WORKER).execute(this::hang);
            reader.of(Execution.URGENT).execute(this::hang);
            writer.of(Execution.WORKER).execute(this::hang);
            writer.of(Execution.URGENT).execute(this::hang);
        }
        for (Execution execution : new Execution[] {Execution.WORKER, Execution.URGENT}) {
            assertRuns(other, execution);
            assertRuns(root, execution);
        }
    }

    private static void assertRuns(Share share, Execution execution) throws InterruptedException {
        CountDownLatch ran = new CountDownLatch(1);
        share.of(execution).execute(ran::countDown);
        assertTrue(ran.await(10, TimeUnit.SECONDS));
    }

    @Test
    void streams_ofAllButRoot_leaveRootSome() {
        Share writer = quotas.enter(Kind.WRITER, 3).share();
        Share root = quotas.enter(Kind.ROOT, 0).share();
        assertEquals(48, started(writer));
        assertEquals(16, started(root));
    }

    private int started(Share share) {
        int count = 0;
        try {
            while (true) {
                share.streams().execute(this::hang);
                count++;
            }
        } catch (RejectedExecutionException e) {
            return count;
        }
    }

    private void hang() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
