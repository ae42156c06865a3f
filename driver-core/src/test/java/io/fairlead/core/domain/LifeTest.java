package io.fairlead.core.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fairlead.core.domain.Life.Asked;
import io.fairlead.core.testing.Documents;
import io.fairlead.core.testing.TestEngine;
import io.fairlead.xml.domain.DomainDocument;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LifeTest {
    private static final int ROUNDS = 30_000;

    @Test
    void ask_whenDestroyed_staysDestroyedWhateverIsAskedAtThatMoment(@TempDir Path directory) throws Exception {
        try (TestEngine engine = new TestEngine(directory)) {
            Domain domain = engine.define("c1");
            DomainDocument definition = Documents.named("c1");
            AtomicReference<Life> shared = new AtomicReference<>(Life.adopted(domain, definition, null, false));
            AtomicInteger turns = new AtomicInteger();
            AtomicBoolean stop = new AtomicBoolean();
            Thread asking = new Thread(() -> {
                while (!stop.get()) {
                    Life life = shared.get();
                    Asked before = life.asked();
                    life.ask(Asked.REBOOT);
                    life.unask(Asked.REBOOT, before);
                    turns.incrementAndGet();
                }
            });
            asking.start();
            int lost = 0;
            for (int i = 0; i < ROUNDS; i++) {
                Life life = Life.adopted(domain, definition, null, false);
                shared.set(life);
                life.ask(Asked.DESTROY);
                int seen = turns.get();
                while (turns.get() - seen < 2) { // a request of that moment has been made by then
                    Thread.onSpinWait();
                }
                lost += life.isFinal() ? 0 : 1;
            }
            stop.set(true);
            asking.join();
            assertEquals(0, lost);
        }
    }
}
