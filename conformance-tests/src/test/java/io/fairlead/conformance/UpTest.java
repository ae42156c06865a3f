package io.fairlead.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.conformance.client.Command;
import io.fairlead.conformance.client.Outcome;
import io.fairlead.conformance.client.Virsh;
import io.fairlead.conformance.server.FairleadServer;
import io.fairlead.conformance.server.Leftovers;
import io.fairlead.conformance.server.Scratch;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code ./fairlead up} and {@code down}, as a new user types them. */
@OnFairlead
class UpTest {
    @Test
    void up_givesARunningContainerOnAVolumeAndMayBeRepeated() {
        Path directory = Scratch.newDirectory();
        Leftovers leftovers = Leftovers.before(directory);
        try {
            assertTrue(fairlead(directory, "up").orFail().contains("The container hello runs."));
            Virsh virsh = new Virsh("lxc+unix:///system?socket=" + directory.resolve("run/libvirt-sock"));
            String id = virsh.ok("domid", "hello");
            assertTrue(virsh.ok("dumpxml", "hello").contains("<source pool='default' volume='hello'/>"));
            virsh.ok("snapshot-create-as", "hello", "clean");

            assertTrue(fairlead(directory, "up").err().contains("the daemon runs already"));
            assertEquals(id, virsh.ok("domid", "hello"));

            fairlead(directory, "down").orFail();
            fairlead(directory, "up").orFail();
            assertEquals(id, virsh.ok("domid", "hello"));
            virsh.ok("snapshot-revert", "hello", "clean");
            assertEquals("running", virsh.ok("domstate", "hello"));

            virsh.ok("destroy", "hello");
            virsh.ok("undefine", "hello", "--snapshots-metadata");
            virsh.ok("vol-delete", "hello", "default", "--delete-snapshots");
            fairlead(directory, "up").orFail();
            assertEquals("running", virsh.ok("domstate", "hello"));
        } finally {
            fairlead(directory, "down", "--all");
            Scratch.delete(directory);
        }
        assertEquals(List.of(), leftovers.find());
    }

    private static Outcome fairlead(Path directory, String... words) {
        String[] all = new String[words.length + 3];
        all[0] = FairleadServer.launcher().toString();
        System.arraycopy(words, 0, all, 1, words.length);
        all[words.length + 1] = "--root";
        all[words.length + 2] = directory.toString();
        // The build that runs these tests has built the daemon.
        return Command.of(all).with("FAIRLEAD_BUILD", "never").run();
    }
}
