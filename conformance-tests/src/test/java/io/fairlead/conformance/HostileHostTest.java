package io.fairlead.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.conformance.client.Command;
import io.fairlead.conformance.client.Outcome;
import io.fairlead.conformance.guest.DomainXml;
import io.fairlead.conformance.guest.RootTree;
import io.fairlead.conformance.server.FairleadServer;
import io.fairlead.conformance.server.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A host with faults: runtimes that fail or hang, a full disk. */
@OnFairlead
class HostileHostTest {
    private Path directory;
    private Path files;
    private FairleadServer server;

    @BeforeEach
    void makeDirectories() {
        directory = Scratch.newDirectory();
        files = Scratch.newDirectory();
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
        Scratch.delete(files);
        Scratch.delete(directory);
    }

    /** A runtime that behaves until a file called broken appears beside it. */
    private void startWithRuntime(String whenBroken) throws IOException {
        Path runtime = Files.writeString(
                files.resolve("crun"),
                """
                #!/bin/sh
                case " $* " in
                    *" create "*) [ ! -e %s/broken ] || { %s; } ;;
                esac
                exec /usr/bin/crun "$@"
                """
                        .formatted(files, whenBroken));
        runtime.toFile().setExecutable(true, false);
        Path config = Files.writeString(files.resolve("fairlead.conf"), "runtime = " + runtime + "\n");
        server = FairleadServer.start(directory, "--config", config.toString());
    }

    @Test
    void create_whenTheRuntimeFails_showsWhatItSaid() throws IOException {
        startWithRuntime("echo 'the moon is in the wrong house' >&2; exit 1");
        DomainXml.sleeping(server, "bystander").start(server);
        Files.createFile(files.resolve("broken"));

        String refusal = createUntilRefused(DomainXml.sleeping(server, "c1").file(server.directory()));

        assertTrue(refusal.contains("the moon is in the wrong house"), refusal);
        assertEquals("bystander", server.virsh().ok("list", "--all", "--name"));
        assertEquals("running", server.virsh().ok("domstate", "bystander"));
        Files.delete(files.resolve("broken"));
        DomainXml.sleeping(server, "c1").create(server);
    }

    @Test
    void create_whenTheDaemonWasGivenNoLocale_takesFoldersOfAnyName() throws IOException {
        server = FairleadServer.startWithoutLocale(directory);
        RootTree root =
                RootTree.busybox(Files.createDirectory(server.directory().resolve("gr\u00f6\u00dfe")));

        DomainXml.sleeping("c1", root).create(server);

        assertEquals("running", server.virsh().ok("domstate", "c1"));
        assertTrue(server.virsh().ok("dumpxml", "c1").contains("/gr\u00f6\u00dfe'"));
    }

    /** One or two launches may still find a runtime on standby, from before it broke. */
    private String createUntilRefused(String file) {
        for (int i = 0; i < 3; i++) {
            Outcome outcome = server.virsh()
                    .command("create", file)
                    .within(Duration.ofSeconds(90))
                    .run();
            if (outcome.exit() != 0) {
                return outcome.refused();
            }
            server.virsh().ok("destroy", "c1");
        }
        throw new AssertionError("the runtime is broken, and nothing is refused");
    }

    @Test
    void create_whenTheRuntimeHangs_isGivenUpAndNobodyElseWaits() throws IOException {
        startWithRuntime("exec sleep 1000");
        DomainXml.sleeping(server, "bystander").start(server);
        Files.createFile(files.resolve("broken"));
        String file = DomainXml.sleeping(server, "c1").file(server.directory());

        CompletableFuture<String> hanging = CompletableFuture.supplyAsync(() -> createUntilRefused(file));
        for (int i = 0; i < 10; i++) {
            Outcome other = server.virsh().run("dominfo", "bystander");
            other.orFail();
            assertTrue(
                    other.took().compareTo(Duration.ofSeconds(3)) < 0,
                    other.took().toString());
        }
        String refusal = hanging.join();

        assertTrue(!refusal.isEmpty(), refusal);
        assertEquals("bystander", server.virsh().ok("list", "--all", "--name"));
    }

    @Test
    void define_whenTheDiskIsFull_isRefusedAndNothingIsLost() throws IOException {
        Path state = Files.createDirectory(directory.resolve("state"));
        Command.of("mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", state.toString())
                .run()
                .orFail();
        try {
            server = FairleadServer.start(directory);
            DomainXml.sleeping(server, "first").start(server);
            String before = server.virsh().ok("dumpxml", "--inactive", "first");
            Command.of("sh", "-c", "cat /dev/zero > " + state.resolve("filler")).run();

            String refusal = server.virsh()
                    .refused("define", DomainXml.sleeping(server, "second").file(server.directory()));
            server.virsh().refused("desc", "first", "--config", "x".repeat(10_000));

            assertTrue(refusal.toLowerCase(java.util.Locale.ROOT).contains("space"), refusal);
            assertEquals("first", server.virsh().ok("list", "--all", "--name"));
            assertEquals(before, server.virsh().ok("dumpxml", "--inactive", "first"));
            server.kill();
            Files.delete(state.resolve("filler"));
            server.startAgain();
            assertEquals("first", server.virsh().ok("list", "--all", "--name"));
            assertEquals(before, server.virsh().ok("dumpxml", "--inactive", "first"));
            DomainXml.sleeping(server, "second").define(server);
            server.wipe();
            server.stop();
        } finally {
            Command.of("umount", "--lazy", state.toString()).run();
        }
    }
}
