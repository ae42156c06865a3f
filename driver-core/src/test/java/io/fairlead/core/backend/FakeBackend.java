package io.fairlead.core.backend;

import io.fairlead.core.fault.DaemonKilled;
import io.fairlead.core.fault.Faults;
import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.xml.domain.DomainDocument;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A back end whose guests are objects. Guests survive the daemon: after {@link #restartDaemon} the next daemon can
 * adopt running, ended and half-made guests, and the daemon before gets no more reports. It refuses the same requests
 * as the real back end, and can fail, hang or kill the daemon at the n-th call.
 */
public final class FakeBackend implements Backend {
    private final Faults faults;
    private final ExecutorService exits = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "fake-exits");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<UUID, FakeGuest> guests = new TreeMap<>(); // guarded by this, like halfMade
    private final Map<UUID, DomainDocument> halfMade = new TreeMap<>();
    /** The output of the last run of each guest. */
    private final Map<UUID, FakeIo> logs = new ConcurrentHashMap<>();

    private final AtomicInteger ids = new AtomicInteger(1_000_000_000); // beyond pid_max: no real process has one
    private volatile String refusal;
    private volatile Hang hang;
    private volatile Integer exitAtOnce;
    private volatile boolean immortal;
    private volatile UUID unseen;
    private volatile Error forgetFailure;
    private volatile Runnable afterFound = () -> {};

    /** A call that does not return until it is released, or interrupted if it reacts to that. */
    public static final class Hang {
        private final String call;
        private final boolean interruptible;
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);

        private Hang(String call, boolean interruptible) {
            this.call = call;
            this.interruptible = interruptible;
        }

        public void awaitReached() throws InterruptedException {
            reached.await();
        }

        public void release() {
            released.countDown();
        }
    }

    public FakeBackend(Faults faults) {
        this.faults = faults;
    }

    public FakeBackend() {
        this(new Faults());
    }

    /** The next call of that name hangs. */
    public Hang hangOn(String call, boolean interruptible) {
        hang = new Hang(call, interruptible);
        return hang;
    }

    /** From now on every definition is refused with this text; null ends that. */
    public void refuse(String text) {
        refusal = text;
    }

    /** Guests launched from now on end at once, with that status; null ends that. */
    public void exitAtOnce(Integer status) {
        exitAtOnce = status;
    }

    /** Whether guests survive being killed, like guests that wait for a device. */
    public void refuseToDie(boolean refuse) {
        immortal = refuse;
    }

    boolean immortal() {
        return immortal;
    }

    /** The guest's init ends with a status, as a shell counts. */
    public void end(UUID uuid, int status) {
        guest(uuid).end(status);
    }

    public synchronized FakeGuest guest(UUID uuid) {
        FakeGuest guest = guests.get(uuid);
        if (guest == null) {
            throw new IllegalStateException("no guest of %s".formatted(uuid));
        }
        return guest;
    }

    /** The running guests. */
    public synchronized List<UUID> running() {
        return guests.values().stream()
                .filter(guest -> guest.exit() == null)
                .map(FakeGuest::uuid)
                .toList();
    }

    /** The ended and half-made guests whose remains still exist. */
    public synchronized List<UUID> leftOver() {
        List<UUID> left = new ArrayList<>(halfMade.keySet());
        guests.values().stream()
                .filter(guest -> guest.exit() != null)
                .map(FakeGuest::uuid)
                .forEach(left::add);
        return left;
    }

    /** The daemon is gone, but its guests remain. Their ends are not reported until they are adopted. */
    public synchronized void restartDaemon() {
        guests.values().forEach(FakeGuest::unwatch);
        faults.revive();
    }

    private record Plan(FakeBackend maker, DomainDocument definition) implements LaunchPlan {}

    /** From now on, whether that guest runs cannot be found out; null ends that. */
    public void loseSightOf(UUID uuid) {
        unseen = uuid;
    }

    /** The next adoption does this when it has reported all guests. */
    public void afterFound(Runnable act) {
        afterFound = act;
    }

    /** The next guest that ends cannot be forgotten: this is thrown. */
    public void failForgetting(Error error) {
        forgetFailure = error;
    }

    /** The host is started anew: nothing is left of any guest. */
    public synchronized void rebootHost() {
        guests.clear();
        halfMade.clear();
    }

    @Override
    public LaunchPlan plan(DomainDocument definition) {
        String text = refusal;
        if (text != null) {
            throw new EngineException(ErrorCode.CONFIG_UNSUPPORTED, text);
        }
        return new Plan(this, definition);
    }

    @Override
    public Prepared prepare(LaunchPlan plan, LaunchRequest request, Consumer<GuestExit> onExit) {
        if (!(plan instanceof Plan own) || own.maker != this) {
            throw new IllegalArgumentException("plan: another back end's");
        }
        act("prepare", () -> makeHalf(plan.definition()));
        return new FakePrepared(plan.definition(), request, onExit);
    }

    private final class FakePrepared implements Prepared {
        private final DomainDocument definition;
        private final LaunchRequest request;
        private final Consumer<GuestExit> onExit;
        private final int init = ids.incrementAndGet();
        private final FakeIo io;
        private boolean over;

        private FakePrepared(DomainDocument definition, LaunchRequest request, Consumer<GuestExit> onExit) {
            this.definition = definition;
            this.request = request;
            this.onExit = onExit;
            this.io = new FakeIo(request.stdio().orElse(Stdio.TERMINAL));
        }

        @Override
        public int init() {
            return init;
        }

        @Override
        public Path networkNamespace() {
            return Path.of("/proc/self/ns/net");
        }

        @Override
        public FakeIo io() {
            return io;
        }

        @Override
        public Guest start() {
            return start(false);
        }

        @Override
        public Guest startPaused() {
            return start(true);
        }

        private Guest start(boolean paused) {
            if (over) {
                throw new IllegalStateException("start of %s: it was started or closed".formatted(definition.uuid()));
            }
            hangIfToldTo("launch");
            Guest guest = act("launch", () -> run(this, paused));
            over = true;
            return guest;
        }

        /** A daemon that is dead removes nothing. */
        @Override
        public void close() {
            if (!over && !faults.dead()) {
                over = true;
                synchronized (FakeBackend.this) {
                    halfMade.remove(definition.uuid());
                }
            }
        }
    }

    @Override
    public void adopt(Function<UUID, Optional<DomainDocument>> definitions, Consumer<Adopted> found) {
        List<Adopted> all = new ArrayList<>();
        synchronized (this) {
            guests.values()
                    .forEach(guest -> all.add(
                            guest.uuid().equals(unseen)
                                    ? new Adopted.Unclear(guest.uuid(), new IOException("Input/output error"))
                                    : guest.adopted()));
            halfMade.forEach(
                    (uuid, definition) -> all.add(new Adopted.Removed(uuid, definition, "bundle without a process")));
            halfMade.clear();
        }
        hangIfToldTo("adopt");
        all.forEach(found);
        afterFound.run();
        afterFound = () -> {};
    }

    @Override
    public void forget(UUID uuid) {
        Error failure = forgetFailure;
        if (failure != null) {
            forgetFailure = null;
            throw failure;
        }
        act("forget", () -> {
            synchronized (this) {
                FakeGuest guest = guests.get(uuid);
                if (guest != null && guest.exit() == null) {
                    throw new IllegalStateException("forget %s: it runs".formatted(uuid));
                }
                guests.remove(uuid);
                return null;
            }
        });
    }

    @Override
    public OutputReader log(UUID uuid, LogRange range, boolean follow) {
        FakeGuest guest;
        synchronized (this) {
            guest = guests.get(uuid);
        }
        FakeIo io = guest == null ? logs.getOrDefault(uuid, ended()) : guest.io();
        return io.log(range, follow);
    }

    private static FakeIo ended() {
        FakeIo none = new FakeIo(Stdio.TERMINAL);
        none.end();
        return none;
    }

    private synchronized Void makeHalf(DomainDocument definition) {
        UUID uuid = definition.uuid();
        if (guests.containsKey(uuid) || halfMade.containsKey(uuid)) {
            throw new IllegalStateException("launch %s: there is one, or its remains".formatted(uuid));
        }
        halfMade.put(uuid, definition);
        return null;
    }

    private synchronized FakeGuest run(FakePrepared prepared, boolean paused) {
        UUID uuid = prepared.definition.uuid();
        halfMade.remove(uuid);
        CompletableFuture<GuestExit> watcher = new CompletableFuture<>();
        watcher.thenAccept(prepared.onExit);
        FakeGuest guest = new FakeGuest(
                this, prepared.definition, prepared.init, prepared.io, paused, prepared.request.autodestroy(), watcher);
        guests.put(uuid, guest);
        logs.put(uuid, prepared.io);
        Integer status = exitAtOnce;
        if (status != null) {
            guest.end(status);
        }
        return guest;
    }

    /** Reports on a thread of its own, like the real back end. */
    void tell(CompletableFuture<GuestExit> watcher, GuestExit exit) {
        exits.execute(() -> {
            try {
                watcher.complete(exit);
            } catch (DaemonKilled e) {
                // no listener is left
            }
        });
    }

    <T> T act(String what, Callable<T> act) {
        try {
            return faults.act(what, new EngineException(ErrorCode.INTERNAL_ERROR, what + " fails"), act);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    void hangIfToldTo(String call) {
        Hang now = hang;
        if (now == null || !now.call.equals(call)) {
            return;
        }
        hang = null;
        now.reached.countDown();
        while (true) {
            try {
                now.released.await();
                return;
            } catch (InterruptedException e) {
                if (now.interruptible) {
                    throw new EngineException(ErrorCode.OPERATION_FAILED, call + " was interrupted", e);
                }
            }
        }
    }

    static Instant now() {
        return Instant.now();
    }
}
