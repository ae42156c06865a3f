package io.fairlead.core.backend;

import io.fairlead.core.testing.Documents;
import io.fairlead.xml.domain.DomainDocument;

class FakeBackendTest extends BackendContract {
    private final FakeBackend backend = new FakeBackend();

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
        return Documents.named("contract");
    }

    @Override
    protected void end(Guest guest, int status) {
        backend.end(guest.definition().uuid(), status);
    }
}
