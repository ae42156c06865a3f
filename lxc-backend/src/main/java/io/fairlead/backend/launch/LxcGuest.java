package io.fairlead.backend.launch;

import io.fairlead.backend.console.ConsoleCopies;
import io.fairlead.backend.console.ConsoleLog;
import io.fairlead.backend.console.GuestConsole;
import io.fairlead.backend.console.MonitoredIo;
import io.fairlead.backend.exec.GuestExecs;
import io.fairlead.core.backend.ConsoleMode;
import io.fairlead.core.backend.ConsoleSession;
import io.fairlead.core.backend.FrozenFilesystems;
import io.fairlead.core.backend.Guest;
import io.fairlead.core.backend.GuestExit;
import io.fairlead.core.backend.Io;
import io.fairlead.core.backend.LiveFacts;
import io.fairlead.core.backend.MountedFilesystem;
import io.fairlead.core.backend.ShutdownWay;
import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.kit.error.ErrorDomain;
import io.fairlead.linux.cgroup.Cgroup;
import io.fairlead.linux.namespace.Namespaces;
import io.fairlead.linux.process.Pidfd;
import io.fairlead.linux.process.ProcessTable;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import io.fairlead.xml.domain.DomainDocument;
import io.fairlead.xml.domain.model.Filesystem;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Controls one running guest. Safe for concurrent use. */
public final class LxcGuest implements Guest {
    private static final Logger log = LoggerFactory.getLogger(LxcGuest.class);
    private static final int SIGKILL = 9;
    private static final int SIGNAL_MAX = 64;
    private static final Duration FREEZE_LIMIT = Duration.ofSeconds(5);
    private static final Duration GATE_LIMIT = Duration.ofSeconds(30);
    // libvirt's own text when a guest will not die; clients know it.
    private static final String REFUSED_TO_DIE = "Some processes refused to die";
    private static final Duration KILL_LIMIT = Duration.ofSeconds(10);

    private final GuestFolder folder;
    private final GuestRecord record;
    private final Cgroup group;
    private final StartGate gate;
    private final MonitoredIo io;
    private final GuestConsole console;
    private final ConsoleLog consoleLog;
    private final ConsoleCopies copies;
    private final GuestExecs processes;
    private final LiveFacts facts;
    private final CompletableFuture<GuestExit> exit = new CompletableFuture<>();
    private volatile DomainDocument definition;
    private volatile boolean letGo;
    private volatile OptionalLong lastCpuNanos = OptionalLong.empty();
    private volatile OptionalLong lastMemoryBytes = OptionalLong.empty();

    LxcGuest(
            GuestFolder folder,
            GuestRecord record,
            Cgroup group,
            StartGate gate,
            MonitoredIo io,
            ConsoleLog consoleLog,
            ConsoleCopies copies,
            GuestExecs processes,
            LiveFacts facts,
            DomainDocument definition) {
        this.folder = folder;
        this.record = record;
        this.group = group;
        this.gate = gate;
        this.io = io;
        this.console = new GuestConsole(io);
        this.consoleLog = consoleLog;
        this.copies = copies;
        this.processes = processes;
        this.facts = facts;
        this.definition = definition;
    }

    @Override
    public int id() {
        return record.init().pid();
    }

    @Override
    public DomainDocument definition() {
        return definition;
    }

    @Override
    public LiveFacts liveFacts() {
        return facts;
    }

    @Override
    public synchronized void update(DomainDocument live) {
        grip("keep the definition of", () -> {
            LiveDefinition.write(folder.liveDefinition(), live);
            return null;
        });
        definition = live;
    }

    @Override
    public void suspend() {
        grip("suspend", () -> {
            group.freeze(FREEZE_LIMIT);
            return null;
        });
    }

    @Override
    public void resume() {
        grip("resume", () -> {
            group.thaw();
            gate.open(GATE_LIMIT);
            return null;
        });
    }

    @Override
    public boolean suspended() {
        return grip("look at", group::frozen);
    }

    @Override
    public FrozenFilesystems freezeFilesystems(List<String> targets) {
        String act = "freeze file systems of";
        return grip(act, () -> {
            try {
                return GuestFilesystems.freeze(record.init(), targets);
            } catch (ErrnoException e) {
                if (isGone(e)) {
                    throw ended();
                }
                throw e;
            }
        });
    }

    @Override
    public void thawFilesystems(List<String> targets) {
        try {
            GuestFilesystems.thaw(record.init(), targets);
        } catch (IOException e) {
            if (!exit.isDone() && record.init().isAlive() && !isGone(e)) {
                throw new EngineException(
                        ErrorCode.INTERNAL_ERROR,
                        "cannot thaw file systems of domain %s: %s".formatted(definition.name(), e.getMessage()),
                        e);
            }
            log.debug("domain {} has ended meanwhile", definition.name(), e);
        }
    }

    @Override
    public void kill() {
        grip("kill", () -> {
            thawFilesystems();
            try (Pidfd init = Pidfd.open(record.init())) {
                init.signal(SIGKILL);
            } catch (ErrnoException e) {
                if (e.errno() != Errno.ESRCH) {
                    throw e;
                }
            }
            thawDying();
            io.letGo(); // a monitor that waits for a reader could not tell of the end
            awaitExit();
            return null;
        });
    }

    @Override
    public void requestShutdown(ShutdownWay way) {
        grip("shut down", () -> {
            new InitControl(record.init(), group).shutdown(way, definition.name());
            return null;
        });
    }

    @Override
    public void requestReboot(ShutdownWay way) {
        grip("reboot", () -> {
            new InitControl(record.init(), group).reboot(way, definition.name());
            return null;
        });
    }

    @Override
    public void signal(long pid, int signal) {
        if (signal < 0 || signal > SIGNAL_MAX) {
            throw new EngineException(
                    ErrorCode.INVALID_ARG, "signal: %d (expected: 0..%d)".formatted(signal, SIGNAL_MAX));
        }
        grip("signal process %d of".formatted(pid), () -> {
            try (Pidfd process = pid == 1 ? Pidfd.open(record.init()) : process(pid)) {
                process.signal(signal);
            }
            return null;
        });
    }

    /** @param pid counted in the guest's pid namespace */
    private Pidfd process(long pid) throws IOException {
        OptionalInt found = ProcessTable.translate(id(), pid, group.processes());
        if (found.isPresent()) {
            Pidfd process = Pidfd.open(found.getAsInt());
            // Checked again with the descriptor open: another process may have got the number in between.
            if (ProcessTable.translate(id(), pid, group.processes()).equals(found)) {
                return process;
            }
            process.close();
        }
        throw new EngineException(
                ErrorCode.INVALID_ARG,
                "cannot signal process %d of domain %s: it has no such process".formatted(pid, definition.name()));
    }

    @Override
    public Io io() {
        return io;
    }

    @Override
    public GuestExecs processes() {
        return processes;
    }

    @Override
    public ConsoleSession openConsole(String device, ConsoleMode mode) {
        ensureRunning("open the console of");
        return console.open(mode);
    }

    @Override
    public List<Integer> openNamespaces() {
        return grip("open the namespaces of", () -> {
            List<Fd> opened = Namespaces.openToEnter(id());
            // Checked after opening: if init lives now, the descriptors are its own and not a later process's.
            if (!record.init().isAlive()) {
                opened.forEach(Fd::close);
                throw new ErrnoException(Errno.ESRCH, "open", "the namespaces of " + record.init());
            }
            return opened.stream().map(Fd::release).toList();
        });
    }

    @Override
    public OptionalLong cpuTimeNanos() {
        return figure("read the CPU time of", () -> group.usage().cpuNanos(), lastCpuNanos);
    }

    @Override
    public OptionalLong memoryBytes() {
        return figure("read the memory of", () -> group.usage().memoryBytes(), lastMemoryBytes);
    }

    @Override
    public List<MountedFilesystem> filesystems() {
        return grip("list the file systems of", () -> GuestMounts.of(record.init(), definition));
    }

    /** To be called before the group is removed. Keeps the figures for requests that come until the end is known. */
    void keepFigures() {
        lastCpuNanos = cpuTimeNanos();
        lastMemoryBytes = memoryBytes();
    }

    /** Works without init, so that there is an answer while a guest ends. */
    private OptionalLong figure(String act, KernelCall<OptionalLong> call, OptionalLong last) {
        try {
            OptionalLong now = call.run();
            return now.isPresent() ? now : last;
        } catch (IOException e) {
            throw new EngineException(
                    ErrorCode.INTERNAL_ERROR,
                    "cannot %s domain %s: %s".formatted(act, definition.name(), e.getMessage()),
                    e);
        }
    }

    /** Starts an init that an earlier daemon was about to start. */
    void finishStart() throws IOException {
        if (gate.shut() && !group.frozen()) {
            gate.open(GATE_LIMIT);
        }
    }

    GuestRecord record() {
        return record;
    }

    GuestFolder folder() {
        return folder;
    }

    ConsoleLog consoleLog() {
        return consoleLog;
    }

    ConsoleCopies copies() {
        return copies;
    }

    CompletableFuture<GuestExit> exit() {
        return exit;
    }

    /**
     * Thaws the guest's file systems, because a process that waits to write to a frozen one cannot die. A snapshot that
     * froze one notices. One that an earlier daemon left frozen would stay so, with its loop device, even after its
     * last mount is gone.
     */
    private void thawFilesystems() {
        List<String> targets = definition.definition().devices().filesystems().stream()
                .filter(filesystem -> filesystem.type() == Filesystem.Type.VOLUME)
                .map(Filesystem::target)
                .toList();
        try {
            GuestFilesystems.thaw(record.init(), targets);
        } catch (IOException e) {
            log.warn("domain {}: file systems cannot be thawed before it is killed", definition.name(), e);
        }
    }

    // The signal takes effect at the thaw. With init, all processes in its pid namespace die, and then the group goes.
    private void thawDying() throws IOException {
        try {
            if (group.frozen()) {
                group.thaw();
            }
        } catch (ErrnoException e) {
            // The clean-up was quicker: it removes the freezer's group once that is empty. The guest's groups in other
            // hierarchies may still exist.
            if (e.errno() != Errno.ENOENT && e.errno() != Errno.ENODEV) {
                throw e;
            }
        }
    }

    private void awaitExit() throws IOException {
        try {
            exit.get(KILL_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw notEnded(e);
        } catch (ExecutionException e) {
            throw new IOException("its end could not be recorded", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while it ends", e);
        }
    }

    private EngineException notEnded(TimeoutException cause) throws IOException {
        if (record.init().isAlive() || group.exists() && !group.processes().isEmpty()) {
            return new EngineException(ErrorCode.INTERNAL_ERROR, REFUSED_TO_DIE, cause);
        }
        return new EngineException(
                ErrorCode.OPERATION_TIMEOUT,
                "domain '%s' has ended, but what it had mounted is not put away yet".formatted(definition.name()),
                cause);
    }

    /** The guest keeps running, but its end is no longer noticed here. */
    void letGo() {
        letGo = true;
        io.close();
        processes.letGo();
        io.close();
    }

    private void ensureRunning(String act) {
        if (letGo) {
            throw new EngineException(
                    ErrorCode.OPERATION_INVALID,
                    "cannot %s domain %s: the back end is closed".formatted(act, definition.name()));
        }
        if (exit.isDone()) {
            throw ended();
        }
    }

    /** Init has no mounts any more: it is ending, but its status is not known yet. */
    private static boolean isGone(IOException e) {
        return e instanceof ErrnoException errno && errno.errno() == Errno.ESRCH;
    }

    /** Its groups are removed a moment before its end is reported. */
    private boolean isRemoved(IOException e) {
        return e instanceof ErrnoException errno
                && (errno.errno() == Errno.ENOENT || errno.errno() == Errno.ESRCH)
                && !record.init().isAlive();
    }

    /** The error for a domain that is off, as this one will be in a moment. */
    private static EngineException ended() {
        return new EngineException(ErrorCode.OPERATION_INVALID, ErrorDomain.DOMAIN, "domain is not running", null);
    }

    /** Runs a kernel call. If it fails because the guest has ended, throws the error for a domain that is off. */
    private <T> T grip(String act, KernelCall<T> call) {
        ensureRunning(act);
        try {
            return call.run();
        } catch (IOException e) {
            ensureRunning(act);
            if (isRemoved(e)) {
                throw ended();
            }
            throw new EngineException(
                    ErrorCode.INTERNAL_ERROR,
                    "cannot %s domain %s: %s".formatted(act, definition.name(), e.getMessage()),
                    e);
        }
    }

    @FunctionalInterface
    private interface KernelCall<T> {
        T run() throws IOException;
    }
}
