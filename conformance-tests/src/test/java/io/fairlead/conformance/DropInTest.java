package io.fairlead.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fairlead.conformance.client.Command;
import io.fairlead.conformance.server.FairleadServer;
import io.fairlead.conformance.server.Scratch;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The default instance: clients find it by its scheme alone, and it takes no socket from a living daemon. */
@OnFairlead
class DropInTest {

    @Test
    void virsh_whenItNamesTheSchemeOnly_findsTheDaemon() {
        assertEquals(
                """
                lxc:///system: LXC
                fairlead:///system: served
                read-only: served
                a living daemon's socket: left alone
                the other scheme's socket: served\
                """,
                inNamespacesOfItsOwn("drop_in.sh"));
    }

    /** With empty run, state, log and configuration folders of its own, so that the machine's are not touched. */
    private static String inNamespacesOfItsOwn(String name) {
        Path directory = Scratch.newDirectory();
        try {
            Path script = Scripts.unpack(directory, name);
            return Command.of(
                            "unshare",
                            "--mount",
                            "--propagation",
                            "private",
                            "bash",
                            script.toString(),
                            FairleadServer.launcher().toString())
                    .with("FAIRLEAD_BUILD", "never")
                    .within(Duration.ofSeconds(90))
                    .run()
                    .orFail();
        } finally {
            Scratch.delete(directory);
        }
    }
}
