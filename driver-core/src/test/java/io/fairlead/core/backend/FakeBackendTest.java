package io.fairlead.core.backend;

import io.fairlead.core.testing.Documents;
import io.fairlead.xml.domain.DomainDocument;
import java.util.concurrent.atomic.AtomicInteger;

class FakeBackendTest extends BackendContract {
    private final FakeBackend backend = new FakeBackend();
    private final AtomicInteger number = new AtomicInteger();

    @Override
    protected Backend backend() {
        return backend;
    }

    @Override
    protected void restartDaemon() {
        backend.restartDaemon();
    }

    @Override
    protected DomainDocument staying() {
        return Documents.named("contract-" + number.incrementAndGet());
    }

    @Override
    protected void end(Guest guest, int status) {
        backend.end(guest.definition().uuid(), status);
    }
}
