package io.fairlead.backend.exec;

import io.fairlead.backend.monitor.MonitorShape;
import io.fairlead.core.backend.Exec;
import io.fairlead.core.backend.ExecSpec;
import io.fairlead.core.backend.GuestProcess;
import io.fairlead.core.backend.Processes;
import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.kit.error.ErrorDomain;
import io.fairlead.linux.file.TreeRemover;
import io.fairlead.linux.process.Pidfd;
import io.fairlead.linux.process.ProcessTable;
import io.fairlead.linux.process.ProcessTable.Named;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The processes of one guest. Those that were started from outside are known here from their start until their folder
 * is removed. Safe for concurrent use; no lock is held while a process starts.
 */
public final class GuestExecs implements Processes {
    private static final Logger log = LoggerFactory.getLogger(GuestExecs.class);
    /** A start that fails for another reason is reported so much later. */
    private static final Duration DYING_LIMIT = Duration.ofMillis(500);

    private static final Duration STARTS_LIMIT = Duration.ofSeconds(5);

    private final ExecGuest guest;
    private final ExecStarter starter;
    private final ExecEnds ends;
    private final ExecStandby standby;
    private final Runnable warmUp;
    private final ProcessSpec description;
    private final Map<String, ExecProcess> all = new LinkedHashMap<>(); // guarded by this, like all fields below
    private int starting;
    private boolean used; // there may be files
    private boolean closed;

    GuestExecs(ExecGuest guest, ExecStarter starter, ExecEnds ends, ExecStandby standby, Runnable warmUp) {
        this.warmUp = warmUp;
        this.guest = guest;
        this.starter = starter;
        this.ends = ends;
        this.standby = standby;
        this.description = new ProcessSpec(guest);
    }

    @Override
    public Exec exec(ExecSpec spec) {
        return exec(spec, false).process();
    }

    @Override
    public Attached execAttached(ExecSpec spec) {
        ExecStarter.Started started = exec(spec, true);
        return new Attached(started.process(), started.output());
    }

    private ExecStarter.Started exec(ExecSpec spec, boolean attached) {
        begin();
        try {
            warmUp.run();
            requireAwake();
            return start(spec, attached);
        } catch (IOException e) {
            throw failed(e);
        } finally {
            begun();
        }
    }

    private ExecStarter.Started start(ExecSpec spec, boolean attached) throws IOException {
        byte[] text = description.json(spec);
        MonitorShape shape = MonitorShape.of(spec.stdio());
        WaitingExec waiting = standby.take(shape);
        if (waiting == null) {
            waiting = starter.waiting(guest, shape);
        }
        ExecStarter.Started started = starter.start(guest, spec, text, waiting, attached);
        standby.want(shape);
        ExecProcess process = started.process();
        add(process);
        if (!process.ended()) {
            try {
                ends.watch(process, started.monitor(), this::ended);
            } catch (IOException e) {
                remove(process);
                starter.discard(started);
                throw e;
            }
        }
        return started;
    }

    private synchronized void remove(ExecProcess process) {
        all.remove(process.id());
    }

    private synchronized void begin() {
        if (closed) {
            throw notRunning();
        }
        long running =
                starting + all.values().stream().filter(one -> !one.ended()).count();
        if (running >= RUNNING_MAX) {
            throw new EngineException(
                    ErrorCode.RESOURCE_BUSY,
                    "cannot start a process in domain %s: %d such processes run".formatted(guest.name(), running));
        }
        starting++;
        used = true;
    }

    private synchronized void begun() {
        starting--;
        notifyAll();
    }

    /** A monitor on standby looked at the guest long ago, and takes its init's pid for what it was then. */
    private void requireAwake() throws IOException {
        if (!guest.init().isAlive()) {
            throw notRunning();
        }
        if (guest.group().frozen()) {
            throw new EngineException(
                    ErrorCode.OPERATION_INVALID,
                    ErrorDomain.DOMAIN,
                    "cannot start a process in domain '%s': it is paused".formatted(guest.name()),
                    null);
        }
    }

    private EngineException failed(IOException e) {
        if (guestEnds()) {
            return notRunning();
        }
        return new EngineException(
                ErrorCode.INTERNAL_ERROR,
                "cannot start a process in domain %s: %s".formatted(guest.name(), e.getMessage()),
                e);
    }

    /** When init ends, the kernel kills all others of its pid namespace, and only then is init seen as dead. */
    private boolean guestEnds() {
        try (Pidfd init = Pidfd.open(guest.init())) {
            return init.awaitExit(DYING_LIMIT);
        } catch (ErrnoException e) {
            return e.errno() == Errno.ESRCH;
        } catch (IOException e) {
            log.warn("cannot find out whether domain {} ends", guest.name(), e);
            return false;
        }
    }

    /** The error for a domain that is off, as this one will be in a moment. */
    private static EngineException notRunning() {
        return new EngineException(ErrorCode.OPERATION_INVALID, ErrorDomain.DOMAIN, "domain is not running", null);
    }

    private synchronized void add(ExecProcess process) {
        all.put(process.id(), process);
        if (process.ended()) {
            forgetOldest();
        }
    }

    /** An earlier daemon has left a folder of processes, even if none is left in it. */
    synchronized void adoptFolder() {
        used = true;
    }

    /** Takes up a process that an earlier daemon started. */
    void adopt(ExecProcess process) throws IOException {
        add(process);
        if (!process.ended()) {
            ends.watch(process, null, this::ended);
        }
    }

    private synchronized void ended(ExecProcess process) {
        forgetOldest();
        notifyAll();
    }

    private void forgetOldest() {
        List<ExecProcess> ended =
                all.values().stream().filter(ExecProcess::ended).toList();
        for (ExecProcess old : ended.subList(0, Math.max(0, ended.size() - ENDED_MAX))) {
            all.remove(old.id());
            try {
                TreeRemover.remove(old.folder().path());
            } catch (IOException e) {
                log.warn(
                        "cannot remove {}; it stays until domain {} ends",
                        old.folder().path(),
                        guest.name(),
                        e);
            }
        }
    }

    @Override
    public synchronized List<Exec> execs() {
        requireOpen();
        return List.copyOf(all.values());
    }

    @Override
    public synchronized Optional<Exec> exec(String id) {
        requireOpen();
        return Optional.ofNullable(all.get(id));
    }

    private void requireOpen() {
        if (closed) {
            throw notRunning();
        }
    }

    @Override
    public List<GuestProcess> all() {
        synchronized (this) {
            requireOpen();
        }
        try {
            List<GuestProcess> found = new ArrayList<>();
            for (Named process :
                    ProcessTable.named(guest.init().pid(), guest.group().processes())) {
                found.add(new GuestProcess(process.inside(), process.outside(), process.command()));
            }
            found.sort(Comparator.comparing((GuestProcess process) -> process.inside() != 1)
                    .thenComparing(GuestProcess::outside));
            return found;
        } catch (IOException e) {
            if (!guest.init().isAlive()) {
                throw notRunning();
            }
            throw new EngineException(
                    ErrorCode.INTERNAL_ERROR,
                    "cannot list the processes of domain %s: %s".formatted(guest.name(), e.getMessage()),
                    e);
        }
    }

    /** The daemon ends; the processes go on. */
    public void letGo() {
        standby.close();
        List<ExecProcess> left;
        synchronized (this) {
            left = List.copyOf(all.values());
        }
        left.forEach(process -> process.io().close());
    }

    /**
     * The guest has ended, and its processes with it: waits until their monitors have ended, too, and removes all of
     * their files. Costs nothing if there was no such process.
     */
    public void close() {
        List<ExecProcess> left;
        synchronized (this) {
            closed = true;
            if (!used) {
                return;
            }
            awaitStarts();
            left = List.copyOf(all.values());
        }
        standby.close();
        left.forEach(process -> process.io().letGo());
        ends.awaitAll(left);
        try {
            TreeRemover.remove(guest.processes());
        } catch (IOException e) {
            log.error("cannot remove {}; the next start of the daemon does it", guest.processes(), e);
        }
    }

    /** Starts in a guest that has ended fail at once. */
    private void awaitStarts() {
        long deadline = System.nanoTime() + STARTS_LIMIT.toNanos();
        try {
            while (starting > 0 && System.nanoTime() < deadline) {
                wait(Math.max(1, Duration.ofNanos(deadline - System.nanoTime()).toMillis()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
