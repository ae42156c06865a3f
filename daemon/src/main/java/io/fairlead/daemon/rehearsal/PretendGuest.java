package io.fairlead.daemon.rehearsal;

import io.fairlead.core.backend.ConsoleMode;
import io.fairlead.core.backend.ConsoleSession;
import io.fairlead.core.backend.FrozenFilesystems;
import io.fairlead.core.backend.Guest;
import io.fairlead.core.backend.GuestExit;
import io.fairlead.core.backend.Io;
import io.fairlead.core.backend.LiveFacts;
import io.fairlead.core.backend.MountedFilesystem;
import io.fairlead.core.backend.Processes;
import io.fairlead.core.backend.ShutdownWay;
import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.xml.domain.DomainDocument;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** A guest that is only an object: it can be queried and killed. */
final class PretendGuest implements Guest {
    private static final int KILLED = 128 + 9;

    private final int id;
    private final DomainDocument definition;
    private final Consumer<GuestExit> onExit;

    PretendGuest(int id, DomainDocument definition, Consumer<GuestExit> onExit) {
        this.id = id;
        this.definition = definition;
        this.onExit = onExit;
    }

    @Override
    public int id() {
        return id;
    }

    @Override
    public DomainDocument definition() {
        return definition;
    }

    @Override
    public LiveFacts liveFacts() {
        return new LiveFacts("/machine", List.of());
    }

    @Override
    public boolean suspended() {
        return false;
    }

    @Override
    public OptionalLong cpuTimeNanos() {
        return OptionalLong.of(0);
    }

    @Override
    public OptionalLong memoryBytes() {
        return OptionalLong.of(0);
    }

    @Override
    public void kill() {
        onExit.accept(new GuestExit(KILLED, Instant.now()));
    }

    @Override
    public void update(DomainDocument live) {
        throw notInTheScript();
    }

    @Override
    public void suspend() {
        throw notInTheScript();
    }

    @Override
    public void resume() {
        throw notInTheScript();
    }

    @Override
    public FrozenFilesystems freezeFilesystems(List<String> targets) {
        throw notInTheScript();
    }

    @Override
    public void thawFilesystems(List<String> targets) {
        throw notInTheScript();
    }

    @Override
    public void requestShutdown(ShutdownWay way) {
        throw notInTheScript();
    }

    @Override
    public void requestReboot(ShutdownWay way) {
        throw notInTheScript();
    }

    @Override
    public void signal(long pid, int signal) {
        throw notInTheScript();
    }

    @Override
    public Io io() {
        throw notInTheScript();
    }

    @Override
    public Processes processes() {
        throw notInTheScript();
    }

    @Override
    public ConsoleSession openConsole(String device, ConsoleMode mode) {
        throw notInTheScript();
    }

    @Override
    public List<Integer> openNamespaces() {
        throw notInTheScript();
    }

    @Override
    public List<MountedFilesystem> filesystems() {
        throw notInTheScript();
    }

    static EngineException notInTheScript() {
        return new EngineException(ErrorCode.NO_SUPPORT, "a pretended guest does not do this");
    }
}
