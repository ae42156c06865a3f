package io.fairlead.core.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.fairlead.core.testing.Documents;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FakeIoTest extends IoContract {
    private final FakeBackend backend = new FakeBackend();
    private final AtomicInteger number = new AtomicInteger();

    private record FakePuppet(FakeGuest guest) implements Puppet {
        @Override
        public FakeIo io() {
            return guest.io();
        }

        @Override
        public void say(Channel channel, String line) {
            io().say(channel, line + "\n");
        }

        @Override
        public void flood(int lines) {
            String line = "x".repeat(99);
            for (int i = 0; i < lines; i++) {
                say(Channel.STDOUT, line);
            }
        }

        @Override
        public String heard() {
            return io().heard();
        }

        @Override
        public boolean heardEnd() {
            return io().heardEnd();
        }

        @Override
        public void closeInput() {
            io().closeInput();
        }

        @Override
        public TerminalSize size() {
            return io().size();
        }

        @Override
        public void end() {
            guest.end(0);
        }
    }

    @Override
    protected Puppet start(Stdio stdio) {
        LaunchPlan plan = backend.plan(Documents.named("io-" + number.incrementAndGet()));
        try (Prepared prepared = backend.prepare(plan, LaunchRequest.PLAIN.with(stdio), exit -> {})) {
            return new FakePuppet((FakeGuest) prepared.start());
        }
    }

    @Override
    protected Puppet restartDaemon(Puppet puppet) {
        UUID uuid = ((FakePuppet) puppet).guest().uuid();
        backend.restartDaemon();
        backend.adopt(any -> Optional.empty(), found -> {});
        return new FakePuppet(backend.guest(uuid));
    }

    @Test
    void poll_whenTheOutputIsNoLongerKept_saysThatTheReaderFellBehind() {
        FakePuppet puppet = (FakePuppet) start(Stdio.TERMINAL);
        OutputReader reader = puppet.io().attach(LogRange.NEW);
        puppet.flood(10);
        puppet.io().keepOnly(5);
        assertNull(reader.poll());
        assertEquals(Optional.of(OutputReader.End.FELL_BEHIND), reader.end());
    }
}
