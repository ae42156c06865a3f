package io.fairlead.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.conformance.client.Command;
import io.fairlead.conformance.client.Eventually;
import io.fairlead.conformance.client.Outcome;
import io.fairlead.conformance.client.Virsh;
import io.fairlead.conformance.guest.DomainXml;
import io.fairlead.conformance.guest.Inside;
import io.fairlead.conformance.guest.RootTree;
import io.fairlead.conformance.server.Server;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Reaching into a running container: signals, and programs run in its namespaces. */
class GuestTest {

    @Case
    void signal_whenSentToInit_arrives(Server server) {
        RootTree root = RootTree.below(server.directory());
        root.script("waiter", "trap 'echo got > /answer' USR1\necho ready > /ready\nwhile :; do sleep 0.1; done\n");
        DomainXml.sleeping("c1", root).running("/waiter").create(server);
        Eventually.until("init is ready", Duration.ofSeconds(10), () -> root.has("ready"));

        server.virsh().ok("send-process-signal", "c1", "1", "usr1");

        Eventually.until("the signal arrived", Duration.ofSeconds(10), () -> root.has("answer"));
    }

    @Case(notTheOracle = "it signals init only")
    void signal_whenSentToAnotherProcess_arrivesThereOnly(Server server) {
        RootTree root = RootTree.below(server.directory());
        root.script(
                "child",
                "trap 'echo got > /answer' USR1\necho $$ > /pid.part\nmv /pid.part /pid\nwhile :; do sleep 0.1; done\n");
        root.script("parent", "/child &\nexec sleep 1000000\n");
        DomainXml.sleeping("c1", root).running("/parent").create(server);
        Eventually.until("the child is ready", Duration.ofSeconds(10), () -> root.has("pid"));

        server.virsh().ok("send-process-signal", "c1", root.read("pid").strip(), "usr1");

        Eventually.until("the signal arrived", Duration.ofSeconds(10), () -> root.has("answer"));
        assertTrue(server.virsh()
                        .refused("send-process-signal", "c1", "9999", "usr1")
                        .length()
                > 0);
        assertEquals("running", server.virsh().ok("domstate", "c1"));
    }

    @Case
    void enterNamespace_whenRunning_isInsideTheContainer(Server server) {
        RootTree root = RootTree.below(server.directory());
        Inside.ask(
                server, root, DomainXml.sleeping("c1", root), "readlink /proc/self/ns/mnt; readlink /proc/self/ns/uts");

        Outcome outcome = enter(
                server,
                "c1",
                "--noseclabel",
                "--",
                "/bin/sh",
                "-c",
                "readlink /proc/1/ns/mnt; readlink /proc/self/ns/uts");

        assertEquals(root.read("answer").strip(), outcome.orFail());
    }

    /** The network is the host's, and the container's users have no right to it. */
    @Case(notTheOracle = "it opens what is the host's, too, which the container's users may not enter")
    void enterNamespace_whenUsersAreMappedAndTheNetworkIsShared_isInsideTheContainer(Server server) {
        RootTree root = RootTree.below(server.directory());
        Command.of("chown", "-R", "100000:100000", root.path().toString()).run().orFail();
        DomainXml xml = DomainXml.sleeping("c1", root)
                .with(
                        "<idmap><uid start='0' target='100000' count='65536'/><gid start='0' target='100000' count='65536'/></idmap>");
        Inside.ask(server, root, xml, "readlink /proc/self/ns/user; readlink /proc/self/ns/mnt");

        Outcome outcome = enter(
                server,
                "c1",
                "--noseclabel",
                "--",
                "/bin/sh",
                "-c",
                "readlink /proc/self/ns/user; readlink /proc/self/ns/mnt");

        assertEquals(root.read("answer").strip(), outcome.orFail());
    }

    @Case
    void enterNamespace_whenShutOff_isRefused(Server server) {
        DomainXml.sleeping(server, "c1").define(server);

        assertTrue(enter(server, "c1", "--noseclabel", "--", "/bin/true")
                .refused()
                .contains("Requested operation is not valid: domain is not running"));
    }

    /** virsh opens the container's entry in /proc by its id, so it has to see the daemon's processes. */
    private static Outcome enter(Server server, String... words) {
        Virsh virsh = server.virsh();
        List<String> all = new ArrayList<>(List.of("lxc-enter-namespace"));
        all.addAll(List.of(words));
        if (!server.isOracle()) {
            return virsh.run(all.toArray(String[]::new));
        }
        return virsh.command(all.toArray(String[]::new))
                .behind(List.of("nsenter", "--target", Long.toString(server.pid()), "--pid", "--mount", "--cgroup"))
                .run();
    }
}
