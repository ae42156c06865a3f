package io.fairlead.core.backend;

import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.xml.domain.DomainDocument;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** A guest that is only an object. Once it has ended, it refuses everything except queries. */
public final class FakeGuest implements Guest {
    private static final int KILLED = 128 + 9;

    private final FakeBackend backend;
    private final UUID uuid;
    private final int id;
    private final FakeIo io;
    private final boolean autodestroy;
    private final FakeProcesses processes = new FakeProcesses(this);
    private DomainDocument definition; // guarded by this, like all fields below
    private CompletableFuture<GuestExit> watcher;
    private boolean suspended;
    private List<String> frozen = List.of();
    private GuestExit exit;
    private String lastRequest = "";

    FakeGuest(
            FakeBackend backend,
            DomainDocument definition,
            int id,
            FakeIo io,
            boolean paused,
            boolean autodestroy,
            CompletableFuture<GuestExit> watcher) {
        this.backend = backend;
        this.uuid = definition.uuid();
        this.id = id;
        this.io = io;
        this.autodestroy = autodestroy;
        this.definition = definition;
        this.suspended = paused;
        this.watcher = watcher;
    }

    UUID uuid() {
        return uuid;
    }

    synchronized GuestExit exit() {
        return exit;
    }

    /** The last request to init. */
    public synchronized String lastRequest() {
        return lastRequest;
    }

    synchronized void unwatch() {
        watcher = null;
        io.restartDaemon();
        processes.restartDaemon();
    }

    synchronized Adopted adopted() {
        if (exit != null) {
            return new Adopted.Ended(uuid, definition, exit);
        }
        watcher = new CompletableFuture<>();
        return new Adopted.Running(uuid, this, autodestroy, watcher);
    }

    /** Its init ends. */
    public synchronized void end(int status) {
        if (exit != null) {
            throw new IllegalStateException("%s has ended".formatted(uuid));
        }
        exit = new GuestExit(status, FakeBackend.now());
        io.end();
        processes.guestEnded();
        if (watcher != null) {
            backend.tell(watcher, exit);
        }
    }

    @Override
    public int id() {
        return id;
    }

    @Override
    public synchronized DomainDocument definition() {
        return definition;
    }

    @Override
    public LiveFacts liveFacts() {
        return new LiveFacts("/machine", List.of("/dev/pts/7"));
    }

    @Override
    public void update(DomainDocument live) {
        change("update", () -> definition = live);
    }

    @Override
    public void suspend() {
        change("suspend", () -> suspended = true);
    }

    @Override
    public void resume() {
        change("resume", () -> suspended = false);
    }

    @Override
    public synchronized boolean suspended() {
        return suspended;
    }

    @Override
    public FrozenFilesystems freezeFilesystems(List<String> targets) {
        change("freeze", () -> {
            if (!suspended) {
                throw new IllegalStateException("freezing file systems under processes that run");
            }
            frozen = List.copyOf(targets);
        });
        return this::thaw;
    }

    private void thaw() {
        backend.act("thaw", () -> {
            synchronized (this) {
                if (frozen.isEmpty()) {
                    throw new EngineException(ErrorCode.OPERATION_FAILED, "guest %s was thawed before".formatted(uuid));
                }
                frozen = List.of();
                return null;
            }
        });
    }

    @Override
    public void thawFilesystems(List<String> targets) {
        backend.act("thaw", () -> {
            synchronized (this) {
                frozen = List.of();
                return null;
            }
        });
    }

    /** The file systems that are frozen now. */
    public synchronized List<String> frozen() {
        return frozen;
    }

    @Override
    public void kill() {
        change("kill", () -> {
            if (backend.immortal()) {
                throw new EngineException(ErrorCode.INTERNAL_ERROR, "Some processes refused to die");
            }
            frozen = List.of(); // otherwise a process that waits to write could not die
            end(KILLED);
        });
    }

    @Override
    public void requestShutdown(ShutdownWay way) {
        change("shutdown", () -> lastRequest = "shutdown " + way);
    }

    @Override
    public void requestReboot(ShutdownWay way) {
        change("reboot", () -> lastRequest = "reboot " + way);
    }

    @Override
    public void signal(long pid, int signal) {
        change("signal", () -> lastRequest = "signal %d to %d".formatted(signal, pid));
    }

    @Override
    public FakeIo io() {
        return io;
    }

    @Override
    public ConsoleSession openConsole(String device, ConsoleMode mode) {
        throw new EngineException(ErrorCode.NO_SUPPORT, "the fake guest has no console");
    }

    @Override
    public List<Integer> openNamespaces() {
        requireAlive();
        return List.of();
    }

    @Override
    public OptionalLong cpuTimeNanos() {
        return OptionalLong.of(1_000_000);
    }

    @Override
    public OptionalLong memoryBytes() {
        return OptionalLong.of(4_096);
    }

    @Override
    public List<MountedFilesystem> filesystems() {
        requireAlive();
        return List.of(new MountedFilesystem("/", "/srv/root", "ext4"));
    }

    @Override
    public FakeProcesses processes() {
        return processes;
    }

    /** An act of a process, which may fail or hang as any other. */
    <T> T act(String what, Callable<T> act) {
        backend.hangIfToldTo(what);
        return backend.act(what, act);
    }

    private void change(String what, Runnable change) {
        backend.hangIfToldTo(what);
        backend.act(what, () -> {
            synchronized (this) {
                requireAlive();
                change.run();
                return null;
            }
        });
    }

    synchronized void requireAlive() {
        if (exit != null) {
            throw new EngineException(ErrorCode.OPERATION_INVALID, "guest %s has ended".formatted(uuid));
        }
    }
}
