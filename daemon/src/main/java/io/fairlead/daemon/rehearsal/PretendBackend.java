package io.fairlead.daemon.rehearsal;

import io.fairlead.backend.bundle.Bundle;
import io.fairlead.backend.bundle.BundleBuilder;
import io.fairlead.core.backend.Adopted;
import io.fairlead.core.backend.Backend;
import io.fairlead.core.backend.Guest;
import io.fairlead.core.backend.GuestExit;
import io.fairlead.core.backend.Io;
import io.fairlead.core.backend.LaunchPlan;
import io.fairlead.core.backend.LaunchRequest;
import io.fairlead.core.backend.LogRange;
import io.fairlead.core.backend.OutputReader;
import io.fairlead.core.backend.Prepared;
import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.linux.cgroup.CgroupLayout;
import io.fairlead.xml.domain.DomainDocument;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

/** Makes the configuration of a guest as for a container, but does not use it, and reports that the guest runs. */
final class PretendBackend implements Backend {
    private static final Path UNUSED = Path.of("/unused");

    private final BundleBuilder bundles;
    private final AtomicInteger lastId = new AtomicInteger();

    PretendBackend() throws IOException {
        bundles = new BundleBuilder(CgroupLayout.detect(), true, name -> Optional.empty());
    }

    @Override
    public LaunchPlan plan(DomainDocument definition) {
        return bundles.plan(definition);
    }

    @Override
    public Prepared prepare(LaunchPlan plan, LaunchRequest request, Consumer<GuestExit> onExit) {
        configuration(plan, request);
        return new PretendPrepared(lastId.incrementAndGet(), plan.definition(), onExit);
    }

    /** The text that the runtime would read. */
    byte[] configuration(LaunchPlan plan, LaunchRequest request) {
        try (Bundle bundle = bundles.begin(plan, request)) {
            return bundles.complete(bundle, UNUSED, UNUSED.toString()).json();
        } catch (IOException e) {
            throw new EngineException(ErrorCode.INTERNAL_ERROR, "cannot make a configuration: " + e.getMessage(), e);
        }
    }

    private record PretendPrepared(int init, DomainDocument definition, Consumer<GuestExit> onExit)
            implements Prepared {
        @Override
        public Path networkNamespace() {
            return UNUSED;
        }

        @Override
        public Io io() {
            throw PretendGuest.notInTheScript();
        }

        @Override
        public Guest start() {
            return new PretendGuest(init, definition, onExit);
        }

        @Override
        public Guest startPaused() {
            throw PretendGuest.notInTheScript();
        }

        @Override
        public void close() {
            // Nothing was made.
        }
    }

    @Override
    public OutputReader log(UUID uuid, LogRange range, boolean follow) {
        throw PretendGuest.notInTheScript();
    }

    @Override
    public void adopt(Function<UUID, Optional<DomainDocument>> definitions, Consumer<Adopted> found) {
        // No guest of an earlier rehearsal can run.
    }

    @Override
    public void forget(UUID uuid) {
        // No files were kept for it.
    }
}
