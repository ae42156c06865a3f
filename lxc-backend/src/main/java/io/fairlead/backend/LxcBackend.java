package io.fairlead.backend;

import io.fairlead.backend.launch.BackendConfig;
import io.fairlead.backend.launch.GuestSupervisor;
import io.fairlead.core.backend.Adopted;
import io.fairlead.core.backend.Backend;
import io.fairlead.core.backend.GuestExit;
import io.fairlead.core.backend.LaunchPlan;
import io.fairlead.core.backend.LaunchRequest;
import io.fairlead.core.backend.LogRange;
import io.fairlead.core.backend.OutputReader;
import io.fairlead.core.backend.Prepared;
import io.fairlead.linux.mount.HostMounts;
import io.fairlead.xml.domain.DomainDocument;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

/** The engine's back end for Linux containers. Closing it leaves every guest running. */
public final class LxcBackend implements Backend, AutoCloseable {
    private final GuestSupervisor supervisor;

    /** @throws IOException if the host's control groups cannot be read or the process watcher cannot start */
    public LxcBackend(BackendConfig config) throws IOException {
        this(config, HostMounts.ours());
    }

    /**
     * @param host gives access to the host's files, the sources of mounts; closed with this
     * @throws IOException if the host's control groups cannot be read or the process watcher cannot start
     */
    public LxcBackend(BackendConfig config, HostMounts host) throws IOException {
        this.supervisor = new GuestSupervisor(config, host);
    }

    @Override
    public LaunchPlan plan(DomainDocument definition) {
        return supervisor.plan(definition);
    }

    @Override
    public Prepared prepare(LaunchPlan plan, LaunchRequest request, Consumer<GuestExit> onExit) {
        return supervisor.prepare(plan, request, onExit);
    }

    @Override
    public void adopt(Function<UUID, Optional<DomainDocument>> definitions, Consumer<Adopted> found) {
        supervisor.adopt(definitions, found);
    }

    @Override
    public void forget(UUID uuid) {
        supervisor.forget(uuid);
    }

    @Override
    public OutputReader log(UUID uuid, LogRange range, boolean follow) {
        return supervisor.log(uuid, range, follow);
    }

    @Override
    public void close() throws IOException {
        supervisor.close();
    }
}
