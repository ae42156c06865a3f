package io.fairlead.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fairlead.conformance.client.Command;
import io.fairlead.conformance.client.Outcome;
import io.fairlead.conformance.guest.DomainXml;
import io.fairlead.conformance.server.FairleadServer;
import io.fairlead.conformance.server.Scratch;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pacemaker's agent for libvirt domains (package resource-agents), run as a cluster runs it. */
@OnFairlead
class ClusterTest {
    private static final Path AGENT = Path.of("/usr/lib/ocf/resource.d/heartbeat/VirtualDomain");
    // The Open Cluster Framework's exit codes.
    private static final int RUNNING = 0;
    private static final int NOT_RUNNING = 7;

    private Path files;
    private FairleadServer server;

    @BeforeEach
    void start() {
        boolean required = System.getenv("FAIRLEAD_REQUIRE_HOST") != null;
        assertTrue(Files.exists(AGENT) || !required, "package resource-agents is missing");
        assumeTrue(Files.exists(AGENT), "package resource-agents is not installed");
        files = Scratch.newDirectory();
        server = FairleadServer.start();
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
            Scratch.delete(files);
        }
    }

    private int monitor(String config) {
        Outcome outcome = Command.of("/bin/sh", AGENT.toString(), "monitor")
                .with("OCF_ROOT", "/usr/lib/ocf")
                .with("HA_RSCTMP", files.toString())
                .with("HA_LOGFACILITY", "none")
                .with("OCF_RESOURCE_INSTANCE", "web")
                .with("OCF_RESOURCE_TYPE", "VirtualDomain")
                .with("OCF_RESKEY_config", config)
                .with("OCF_RESKEY_hypervisor", server.uri())
                .with("OCF_RESKEY_CRM_meta_timeout", "20000")
                .with("OCF_RESKEY_CRM_meta_interval", "10000")
                .with("OCF_RA_VERSION_MAJOR", "1")
                .with("OCF_RA_VERSION_MINOR", "0")
                .run();
        return outcome.exit();
    }

    @Test
    void monitor_whenTheDaemonIsDown_tellsWhatRuns() throws Exception {
        DomainXml.sleeping(server, "web").define(server);
        // The name of this container begins with that of the other.
        DomainXml.sleeping(server, "webserver").start(server);
        String config = Files.writeString(
                        files.resolve("web.xml"), server.virsh().ok("dumpxml", "web"))
                .toString();
        assertEquals(NOT_RUNNING, monitor(config));
        server.kill();
        assertEquals(NOT_RUNNING, monitor(config));
        server.startAgain();

        server.virsh().ok("start", "web");

        assertEquals(RUNNING, monitor(config));
        server.kill();
        assertEquals(RUNNING, monitor(config));
        server.startAgain();
        assertEquals(RUNNING, monitor(config));
    }
}
