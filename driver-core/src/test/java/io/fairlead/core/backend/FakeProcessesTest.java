package io.fairlead.core.backend;

import io.fairlead.core.testing.Documents;

/** The fake keeps the rules that the engine's tests rely on. */
class FakeProcessesTest extends ProcessesContract {
    private final FakeBackend backend = new FakeBackend();
    private final Guest guest = launch();

    private Guest launch() {
        LaunchPlan plan = backend.plan(Documents.named("processes"));
        try (Prepared prepared = backend.prepare(plan, LaunchRequest.PLAIN, exit -> {})) {
            return prepared.start();
        }
    }

    @Override
    protected Guest guest() {
        return guest;
    }

    @Override
    protected void restartDaemon() {
        backend.restartDaemon();
    }

    @Override
    protected String[] exiting(int status) {
        return new String[] {"exit", Integer.toString(status)};
    }

    @Override
    protected String[] staying() {
        return new String[] {"stay"};
    }

    @Override
    protected String[] copying() {
        return new String[] {"copy"};
    }

    @Override
    protected String[] writing(int bytes) {
        return new String[] {"write", Integer.toString(bytes)};
    }

    @Override
    protected String[] writingLate() {
        return new String[] {"late"};
    }

    @Override
    protected String noProgram() {
        return "/etc/passwd";
    }

    @Override
    protected void killGuest() {
        guest.kill();
    }
}
