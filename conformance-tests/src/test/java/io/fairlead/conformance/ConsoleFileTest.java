package io.fairlead.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.conformance.client.Eventually;
import io.fairlead.conformance.guest.DomainXml;
import io.fairlead.conformance.guest.RootTree;
import io.fairlead.conformance.server.FairleadServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The file that a definition wants its console's output in. libvirt's own driver takes {@code <log>} and writes
 * nothing.
 */
@OnFairlead
class ConsoleFileTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private FairleadServer server;
    private Path file;

    @BeforeEach
    void start() {
        server = FairleadServer.start();
        file = server.directory().resolve("console-of-c1");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private DomainXml logging(String consoles, String script) {
        return DomainXml.sleeping(server, "c1").shell(script).consoles(consoles.replace("FILE", file.toString()));
    }

    private List<String> lines() {
        try {
            return Files.readString(file).replace("\r", "").lines().toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    @Test
    void file_whenTheContainerWrites_holdsItForRootOnly() throws Exception {
        logging("<console type='pty'><log file='FILE'/></console>", "echo one; printf two; exec sleep 1000000")
                .start(server);

        Eventually.see("all is there", SOON, this::lines, List.of("one", "two")::equals);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void file_whenItIsThatOfASerialPort_isWrittenToo() {
        logging("<console type='pty'/><serial type='pty'><log file='FILE' append='off'/></serial>", "echo one")
                .start(server);

        Eventually.see("all is there", SOON, this::lines, List.of("one")::equals);
    }

    @Test
    void file_whenTheContainerStartsAgain_isKeptOnlyIfItAppends() throws Exception {
        Files.writeString(file, "before\n");
        logging("<console type='pty'><log file='FILE' append='on'/></console>", "echo one")
                .start(server);
        Eventually.see("it is added to", SOON, this::lines, List.of("before", "one")::equals);

        awaitOff();
        logging("<console type='pty'><log file='FILE' append='off'/></console>", "echo two")
                .withUuid(uuid())
                .start(server);
        Eventually.see("it begins anew", SOON, this::lines, List.of("two")::equals);
    }

    private java.util.UUID uuid() {
        return java.util.UUID.fromString(server.virsh().ok("domuuid", "c1"));
    }

    private void awaitOff() {
        Eventually.see("it is off", SOON, () -> server.virsh().ok("domstate", "c1"), "shut off"::equals);
    }

    @Test
    void file_whenTheDaemonIsKilled_goesOnWithoutAGap() {
        logging(
                        "<console type='pty'><log file='FILE'/></console>",
                        "n=0; while [ $n -lt 60 ]; do n=$((n+1)); echo $n; sleep 0.05; done; exec sleep 1000000")
                .start(server);
        Eventually.until("it writes", SOON, () -> lines().size() > 5);

        server.kill();
        server.startAgain();

        List<String> all =
                IntStream.rangeClosed(1, 60).mapToObj(Integer::toString).toList();
        Eventually.see("all is there, once", SOON, this::lines, all::equals);
    }

    @Test
    void file_whenTheContainerPlantedALink_isRefused() throws Exception {
        RootTree root = RootTree.below(server.directory());
        Files.writeString(file, "precious");
        Files.createSymbolicLink(root.path().resolve("tmp/log"), file);
        DomainXml xml = DomainXml.sleeping("c1", root)
                .consoles("<console type='pty'><log file='%s/tmp/log'/></console>".formatted(root.path()))
                .define(server);

        String refusal = server.virsh().refused("start", "c1");

        assertTrue(refusal.contains("console log file"), refusal);
        assertEquals("precious", Files.readString(file));
        assertTrue(xml.name().equals("c1"));
    }

    @Test
    void file_whenItsPathIsRelative_isRefused() {
        String path = logging("<console type='pty'><log file='c1.log'/></console>", "true")
                .file(server.directory());

        String refusal = server.virsh().refused("create", path);

        assertTrue(refusal.contains("c1.log"), refusal);
        assertFalse(Files.exists(Path.of("c1.log")));
    }
}
