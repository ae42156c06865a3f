package io.fairlead.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.conformance.client.Command;
import io.fairlead.conformance.client.Eventually;
import io.fairlead.conformance.guest.DomainXml;
import io.fairlead.conformance.guest.RootTree;
import io.fairlead.conformance.server.Server;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Debian's other clients: libvirt-python, Perl's Sys::Virt, virt-install, and descriptors handed to init. */
class OtherClientsTest {

    @Case
    void python_whenALifeIsWalked_agrees(Server server) {
        String file = DomainXml.sleeping(server, "c1").file(server.directory());

        assertEquals("walked", Scripts.python(server, "life.py", file).run().orFail());
    }

    @Case
    void perl_whenALifeIsWalked_agrees(Server server) {
        String file = DomainXml.sleeping(server, "c1").file(server.directory());

        assertEquals("walked", Scripts.perl(server, "life.pl", file).run().orFail());
    }

    @Case
    void virtInstall_whenGivenARootTree_startsAPersistentContainer(Server server) {
        RootTree root = RootTree.below(server.directory());
        root.script("loop", "exec sleep 1000000\n");

        virtInstall(server, "--init", "/loop", "--filesystem", root.path() + ",/")
                .orFail();

        assertEquals("running", server.virsh().ok("domstate", "installed"));
        if (server.isOracle()) { // it refuses for a moment: "Init pid is not yet available"
            Eventually.until(
                    "its init is known",
                    Duration.ofSeconds(10),
                    () -> server.virsh().run("dominfo", "installed").exit() == 0);
        }
        assertTrue(server.virsh().ok("dominfo", "installed").contains("Persistent:     yes"));
        assertTrue(server.virsh().ok("dumpxml", "installed").contains("<privnet/>"));
    }

    @Case
    void virtInstall_whenGivenNoTree_runsOnTheHostsOwn(Server server) {
        // The host's root with an init that only sleeps: nothing of the host is changed.
        virtInstall(server, "--init", "/bin/sleep", "--boot", "initargs='1000000'")
                .orFail();

        assertEquals("running", server.virsh().ok("domstate", "installed"));
    }

    private static io.fairlead.conformance.client.Outcome virtInstall(Server server, String... more) {
        List<String> words = new ArrayList<>(List.of(
                "virt-install",
                "--connect",
                server.uri(),
                "--container",
                "--name",
                "installed",
                "--memory",
                "64",
                "--network",
                "none",
                "--noautoconsole"));
        words.addAll(List.of(more));
        return Command.of(words).within(Duration.ofSeconds(60)).run();
    }

    @Case
    void passedDescriptors_whenCreated_areInitsFromThreeOn(Server server) {
        RootTree root = RootTree.below(server.directory());
        root.script("reader", "cat <&3 > /answer.part; mv /answer.part /answer; exec sleep 1000000\n");
        String file = DomainXml.sleeping("c1", root).running("/reader").file(server.directory());
        root.file("message", "through a descriptor\n");

        Command.of(
                        "sh",
                        "-c",
                        "exec virsh -q -c \"$0\" create --pass-fds 5 \"$1\" 5< \"$2\"",
                        server.uri(),
                        file,
                        root.path().resolve("message").toString())
                .run()
                .orFail();

        io.fairlead.conformance.client.Eventually.until(
                "init has read", Duration.ofSeconds(10), () -> root.has("answer"));
        assertEquals("through a descriptor\n", root.read("answer"));
    }
}
