package io.fairlead.core.backend;

import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/**
 * Processes that are only objects, of a guest that knows a few programs:
 *
 * <pre>
 * exit STATUS    ends with the status
 * stay           runs until it is killed; a test may also play it, through its streams
 * copy           writes its input to its output
 * write BYTES    writes so many o and e
 * late           waits for the end of its input, writes "late", ends with 7
 * </pre>
 *
 * Refuses the same as the real processes.
 */
public final class FakeProcesses implements Processes {
    private static final int KILLED = 128 + 9;
    private static final int PIDS = 2_000_000_000; // beyond pid_max: no real process has one
    private static final String NO_PROGRAM = "/etc/passwd";

    private final FakeGuest guest;
    private final AtomicInteger pids = new AtomicInteger(PIDS);
    private final Map<String, FakeExec> all = new LinkedHashMap<>(); // guarded by this

    FakeProcesses(FakeGuest guest) {
        this.guest = guest;
    }

    @Override
    public Exec exec(ExecSpec spec) {
        return start(spec, false).exec();
    }

    @Override
    public Attached execAttached(ExecSpec spec) {
        return start(spec, true);
    }

    private Attached start(ExecSpec spec, boolean attached) {
        guest.requireAlive();
        if (guest.suspended()) {
            throw new EngineException(ErrorCode.OPERATION_INVALID, "cannot start a process: the guest is paused");
        }
        if (spec.user() != null && !spec.user().matches("root|[0-9]+")) {
            throw new EngineException(ErrorCode.INVALID_ARG, "the guest has no user %s".formatted(spec.user()));
        }
        return guest.act("exec", () -> {
            FakeExec exec = new FakeExec(spec, pids.incrementAndGet());
            synchronized (this) {
                all.put(exec.id(), exec);
            }
            OutputReader reader = attached ? exec.io.attach(LogRange.ALL) : null;
            exec.run();
            return new Attached(exec, reader);
        });
    }

    /** One of the processes, to be played. */
    public synchronized FakeExec get(String id) {
        return all.get(id);
    }

    @Override
    public synchronized List<Exec> execs() {
        guest.requireAlive();
        return List.copyOf(all.values());
    }

    @Override
    public synchronized Optional<Exec> exec(String id) {
        guest.requireAlive();
        return Optional.ofNullable(all.get(id));
    }

    @Override
    public synchronized List<GuestProcess> all() {
        guest.requireAlive();
        List<GuestProcess> processes = new ArrayList<>();
        processes.add(new GuestProcess(1, guest.id(), "init"));
        all.values().stream()
                .filter(exec -> !exec.exit.isDone())
                .forEach(exec -> processes.add(new GuestProcess(
                        exec.pid() - PIDS + 1, exec.pid(), exec.command().get(0))));
        return processes;
    }

    void guestEnded() {
        List<FakeExec> left;
        synchronized (this) {
            left = List.copyOf(all.values());
        }
        left.forEach(exec -> exec.end(KILLED, null));
    }

    synchronized void restartDaemon() {
        all.values().forEach(exec -> exec.io.restartDaemon());
    }

    private synchronized void forgetOldest() {
        List<String> ended = all.values().stream()
                .filter(exec -> exec.exit.isDone())
                .map(FakeExec::id)
                .toList();
        ended.subList(0, Math.max(0, ended.size() - ENDED_MAX)).forEach(all::remove);
    }

    /** One process. */
    public final class FakeExec implements Exec {
        private final String id = UUID.randomUUID().toString();
        private final Instant started = Instant.now();
        private final ExecSpec spec;
        private final FakeIo io;
        private final CompletableFuture<ExecExit> exit = new CompletableFuture<>();
        private volatile int pid;

        private FakeExec(ExecSpec spec, int pid) {
            this.spec = spec;
            this.pid = pid;
            this.io = new FakeIo(spec.stdio());
        }

        private void run() {
            String program = spec.command().get(0);
            if (spec.directory() != null && !spec.directory().equals("/")) {
                fail(ExecExit.NOT_EXECUTABLE, "cannot change to %s".formatted(spec.directory()));
                return;
            }
            switch (program) {
                case "exit" -> end(Integer.parseInt(spec.command().get(1)), null);
                case "stay" -> {}
                case "write" -> {
                    int bytes = Integer.parseInt(spec.command().get(1));
                    io.say(Channel.STDOUT, "o".repeat(bytes));
                    io.say(Channel.STDERR, "e".repeat(bytes));
                    end(0, null);
                }
                case "copy" -> afterInput(() -> {
                    if (!io.heard().isEmpty()) {
                        io.say(Channel.STDOUT, io.heard());
                    }
                    return 0;
                });
                case "late" -> afterInput(() -> {
                    io.say(Channel.STDOUT, "late");
                    return 7;
                });
                case NO_PROGRAM -> fail(ExecExit.NOT_EXECUTABLE, "%s: permission denied".formatted(program));
                default -> fail(ExecExit.NOT_FOUND, "%s: no such program".formatted(program));
            }
        }

        private void fail(int status, String why) {
            pid = 0;
            end(status, why);
        }

        private void afterInput(IntSupplier last) {
            Thread process = new Thread(() -> {
                try {
                    while (!io.heardEnd()) {
                        Thread.sleep(1);
                    }
                    end(last.getAsInt(), null);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            process.setDaemon(true);
            process.start();
        }

        /** It ends. */
        public void end(int status) {
            end(status, null);
        }

        private void end(int status, String failure) {
            io.end();
            if (exit.complete(new ExecExit(status, Instant.now(), failure))) {
                forgetOldest();
            }
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public List<String> command() {
            return spec.command();
        }

        /** As it was asked for. */
        public ExecSpec spec() {
            return spec;
        }

        @Override
        public int pid() {
            return pid;
        }

        @Override
        public Instant started() {
            return started;
        }

        @Override
        public FakeIo io() {
            return io;
        }

        @Override
        public CompletionStage<ExecExit> exit() {
            return exit.minimalCompletionStage();
        }

        @Override
        public void signal(int signal) {
            if (signal < 0 || signal > 64) {
                throw new EngineException(ErrorCode.INVALID_ARG, "signal: %d".formatted(signal));
            }
            if (exit.isDone()) {
                throw new EngineException(ErrorCode.OPERATION_INVALID, "process %s has ended".formatted(id));
            }
            if (signal > 0) {
                end(128 + signal, null);
            }
        }
    }
}
