package io.fairlead.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.conformance.client.Pty;
import io.fairlead.conformance.client.Virsh;
import io.fairlead.conformance.guest.DomainXml;
import io.fairlead.conformance.server.Server;
import io.fairlead.conformance.server.TestPool;

/** Events: every kind can be subscribed to, and changes are reported in order with their details. */
class EventTest {

    @Case
    void events_whenADomainIsStartedAndPaused_comeInOrder(Server server) {
        assertEquals(
                """
                registered 27
                lifecycle c1 0 0
                lifecycle c1 2 0
                lifecycle c1 3 0
                lifecycle c1 4 0\
                """,
                events(server, "start_events.py"));
    }

    @Case(notTheOracle = "it now and then tells that the domain failed before it tells that it was destroyed")
    void events_whenDomainsAreDestroyed_comeInOrder(Server server) {
        assertEquals(
                """
                lifecycle c1 0 0
                lifecycle c1 2 0
                lifecycle c1 5 1
                lifecycle c1 1 0
                lifecycle c1 2 0
                lifecycle c1 5 1\
                """,
                events(server, "destroy_events.py"));
    }

    private static String events(Server server, String script) {
        DomainXml xml = DomainXml.sleeping(server, "c1");
        return Scripts.python(server, script, xml.file(server.directory()))
                .run()
                .orFail();
    }

    @Case
    void metadataChange_whenMade_isTold(Server server) {
        DomainXml.sleeping(server, "c1").define(server);
        try (Pty events = Pty.run("virsh -c '%s' event --loop --event metadata-change".formatted(server.uri()))) {
            retryUntilHeard(server, events);
            server.virsh().ok("metadata", "c1", "http://example.org/app", "--key", "a", "--set", "<x/>");

            assertTrue(events.await("http://example.org/app")
                    .contains("event 'metadata-change' for domain 'c1': type element"));
        }
    }

    /** virsh does not say when it has subscribed, so a change is repeated until its event arrives. */
    private static void retryUntilHeard(Server server, Pty events) {
        int[] round = {0};
        io.fairlead.conformance.client.Eventually.until("subscribed", java.time.Duration.ofSeconds(10), () -> {
            server.virsh().ok("desc", "c1", "round " + round[0]++);
            return events.text().contains("type description");
        });
    }

    @Case
    void virshEvent_whenAskedForAll_followsADomain(Server server) {
        Virsh virsh = server.virsh();
        DomainXml.sleeping(server, "c1").define(server);
        try (Pty events = Pty.run("virsh -c '%s' event --all --loop".formatted(server.uri()))) {
            retryUntilHeard(server, events);
            virsh.ok("start", "c1");
            virsh.ok("destroy", "c1");

            events.await("event 'lifecycle' for domain 'c1': Stopped Destroyed");
            assertTrue(events.text().contains("event 'lifecycle' for domain 'c1': Started Booted"), events.text());
        }
    }

    @Case
    void subscription_whenForOneDomain_tellsOfThatOnly(Server server) {
        DomainXml first = DomainXml.sleeping(server, "c1").define(server);
        DomainXml.sleeping(server, "c2").define(server);

        assertEquals(
                "c2 2 0\nc2 3 0",
                Scripts.python(server, "events_of_one.py", first.name(), "c2")
                        .run()
                        .orFail());
    }

    @Case
    void initsEnd_whenByItself_isTold(Server server) {
        DomainXml xml = DomainXml.sleeping(server, "c1").shell("sleep 0.5");

        assertEquals(
                "2 0\n5 0",
                Scripts.python(server, "events_of_a_short_life.py", xml.file(server.directory()))
                        .run()
                        .orFail());
    }

    @Case(notTheOracle = VolumeCases.NOT_THERE)
    @SuppressWarnings("try") // a pool is had, not used
    void revert_whenItRunsAndWhenItDoesNot_isToldAsStopAndStartFromASnapshot(Server server) {
        try (TestPool pool = TestPool.start(server, TestPool.Kind.FOLDER, "p")) {
            VolumeCases.makeRoot(server, "root");
            VolumeCases.sleeping("c1").define(server);
            assertEquals(
                    """
                    take off: []
                    start: ['2 0']
                    take running: []
                    revert to running: ['5 6', '2 3']
                    revert to off: ['5 6']
                    revert to off again: []
                    revert and pause: ['2 3', '3 5']
                    revert and run: ['5 6', '2 3']
                    take and halt: ['5 6']
                    redefined since: ['0 1', '0 3']
                    delete: []\
                    """,
                    Scripts.python(server, "snapshot_events.py", "c1").run().orFail());
            server.virsh().ok("undefine", "c1", "--snapshots-metadata");
        }
    }
}
