package io.fairlead.daemon.rehearsal;

import io.fairlead.backend.bundle.Bundle;
import io.fairlead.backend.bundle.BundleBuilder;
import io.fairlead.core.backend.Adopted;
import io.fairlead.core.backend.Backend;
import io.fairlead.core.backend.Guest;
import io.fairlead.core.backend.GuestExit;
import io.fairlead.core.backend.LaunchRequest;
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

/** Makes the configuration of a guest as for a container, but does not use it, and reports that the guest runs. */
final class PretendBackend implements Backend {
    private static final Path UNUSED = Path.of("/unused");

    private final BundleBuilder bundles;
    private final AtomicInteger lastId = new AtomicInteger();

    PretendBackend() throws IOException {
        bundles = new BundleBuilder(CgroupLayout.detect(), true, name -> Optional.empty());
    }

    @Override
    public void check(DomainDocument definition) {
        BundleBuilder.check(definition);
    }

    @Override
    public Guest launch(LaunchRequest request, Consumer<GuestExit> onExit) {
        configuration(request);
        return new PretendGuest(lastId.incrementAndGet(), request.definition(), onExit);
    }

    /** The text that the runtime would read. */
    byte[] configuration(LaunchRequest request) {
        try (Bundle bundle = bundles.begin(request.definition(), request.volumes())) {
            return bundles.complete(bundle, UNUSED, UNUSED.toString()).json();
        } catch (IOException e) {
            throw new EngineException(ErrorCode.INTERNAL_ERROR, "cannot make a configuration: " + e.getMessage(), e);
        }
    }

    @Override
    public void adopt(Consumer<Adopted> found) {
        // No guest of an earlier rehearsal can run.
    }

    @Override
    public void forget(UUID uuid) {
        // No files were kept for it.
    }
}
