package io.fairlead.daemon.rehearsal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.fairlead.daemon.host.LinuxHostFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class RehearsalTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Level before = root.getLevel();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @TempDir
    private Path run;

    @BeforeEach
    void listen() {
        log.start();
        root.setLevel(Level.INFO);
        root.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        root.detachAppender(log);
        root.setLevel(before);
    }

    @Test
    void play_everyCallOfTheScript_isAnswered() throws IOException {
        try (Stage stage = Stage.open(folder(), new LinuxHostFacts())) {
            Script.play(stage, 0);
            Script.play(stage, 1);
            Script.playWithPools(stage);
        }
        assertFalse(Files.exists(folder()));
    }

    @Test
    void begin_onTheRemainsOfAKilledOne_leavesNothingAndSaysNothing() throws IOException, InterruptedException {
        Files.createDirectories(folder().resolve("state/domains"));
        Files.writeString(folder().resolve("state/domains/half.xml"), "<domain");
        Rehearsal rehearsal = Rehearsal.begin(folder(), LinuxHostFacts::new);
        rehearsal.awaitFirstRounds(LIMIT);
        assertTrue(Files.exists(folder()));
        rehearsal.close();
        assertFalse(Files.exists(folder()));
        assertEquals(List.of(), messages());
    }

    @Test
    void begin_whereItCannotWork_saysSoAndKeepsNobodyWaiting() throws IOException, InterruptedException {
        Files.writeString(folder(), "no folder");
        Rehearsal rehearsal = Rehearsal.begin(folder(), LinuxHostFacts::new);
        rehearsal.awaitFirstRounds(LIMIT);
        rehearsal.close();
        assertEquals(1, messages().size(), messages().toString());
        assertTrue(
                messages().get(0).contains("not everything was rehearsed"),
                messages().toString());
    }

    private Path folder() {
        return run.resolve("rehearsal");
    }

    private List<String> messages() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
