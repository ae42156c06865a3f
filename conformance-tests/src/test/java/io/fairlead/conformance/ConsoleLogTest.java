package io.fairlead.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.conformance.client.Eventually;
import io.fairlead.conformance.guest.DomainXml;
import io.fairlead.conformance.guest.RootTree;
import io.fairlead.conformance.server.FairleadServer;
import io.fairlead.conformance.server.Scratch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The log file of a container's console: it holds the output, and does not grow without end. */
@OnFairlead
class ConsoleLogTest {
    private static final long ROTATION = 8L << 20;
    private static final int KEPT = 10;

    private Path files;
    private FairleadServer server;

    @BeforeEach
    void start() throws IOException {
        files = Scratch.newDirectory();
        Path config = Files.writeString(
                files.resolve("fairlead.conf"),
                "console_log_bytes = %d\nconsole_logs_kept = %d\n".formatted(ROTATION, KEPT));
        server = FairleadServer.start("--config", config.toString());
    }

    @AfterEach
    void stop() {
        server.close();
        Scratch.delete(files);
    }

    @Test
    void log_whenTheContainerWrites_holdsIt() {
        DomainXml.sleeping(server, "c1")
                .shell("echo words for the log; exec sleep 1000000")
                .start(server);
        String uuid = server.virsh().ok("domuuid", "c1");

        Eventually.until("the words are in the log", Duration.ofSeconds(10), () -> logs(uuid)
                .anyMatch(file -> read(file).contains("words for the log")));
    }

    @Test
    void log_whenTheContainerFloods_isRotated() {
        RootTree root = RootTree.below(server.directory());
        root.script(
                "loud",
                "yes 'forty characters of nothing in particular' | head -c 40000000\necho written > /written\nexec sleep 1000000\n");
        DomainXml.sleeping("c1", root).running("/loud").start(server);
        String uuid = server.virsh().ok("domuuid", "c1");

        Eventually.until("all is written", Duration.ofSeconds(120), () -> root.has("written"));

        // 40 MB were written; conmon's format adds to each line.
        Eventually.see(
                "the logs are small again",
                Duration.ofSeconds(15),
                () -> logs(uuid).mapToLong(file -> file.toFile().length()).sum(),
                sum -> sum < 4 * ROTATION);
        assertTrue(logs(uuid).count() >= 1);
    }

    @Test
    void logs_ofContainersThatCameAndWent_areBounded() {
        DomainXml.sleeping(server, "stays").start(server);
        String running = server.virsh().ok("domuuid", "stays");
        List<String> ended = new ArrayList<>();
        for (int n = 0; n < KEPT + 3; n++) {
            DomainXml.sleeping(server, "c" + n).start(server);
            ended.add(server.virsh().ok("domuuid", "c" + n));
            server.virsh().ok("destroy", "c" + n);
        }
        Eventually.see(
                "only the latest are there",
                Duration.ofSeconds(40),
                () -> ended.stream()
                        .filter(uuid -> logs(uuid).findAny().isPresent())
                        .toList(),
                ended.subList(3, ended.size())::equals);
        assertTrue(logs(running).count() >= 1);
    }

    private Stream<Path> logs(String uuid) {
        try (Stream<Path> all = Files.walk(server.directory().resolve("log"))) {
            return all.filter(file -> file.toString().contains(uuid) && Files.isRegularFile(file)).toList().stream();
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof NoSuchFileException) {
                return logs(uuid); // the daemon removed a folder meanwhile: look again
            }
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
