package io.fairlead.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.daemon.config.DaemonConfig;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class InstanceTest {
    @Test
    void of_whenNoRootIsGiven_usesTheSystemsFoldersAndLibvirtsSockets() {
        Instance instance = Instance.of(DaemonConfig.defaults());

        assertEquals(Path.of("/var/lib/fairlead"), instance.state());
        assertEquals("/fairlead", instance.cgroupRoot());
        assertEquals(
                List.of(
                        new Instance.SocketPair(
                                Path.of("/run/libvirt/virtlxcd-sock"), Path.of("/run/libvirt/virtlxcd-sock-ro")),
                        new Instance.SocketPair(
                                Path.of("/run/libvirt/virtfairleadd-sock"),
                                Path.of("/run/libvirt/virtfairleadd-sock-ro"))),
                instance.sockets());
    }

    @Test
    void of_whenARootIsGiven_keepsEverythingBelowIt() {
        Path root = Path.of("/srv/one");
        Instance instance = Instance.of(DaemonConfig.defaults().withRoot(root));

        assertTrue(instance.state().startsWith(root));
        assertTrue(instance.run().startsWith(root));
        assertTrue(instance.log().startsWith(root));
        assertEquals(
                List.of(new Instance.SocketPair(
                        Path.of("/srv/one/run/libvirt-sock"), Path.of("/srv/one/run/libvirt-sock-ro"))),
                instance.sockets());
    }

    @Test
    void cgroupRoot_whenRootsDiffer_differs() {
        DaemonConfig config = DaemonConfig.defaults();

        assertNotEquals(
                Instance.of(config.withRoot(Path.of("/srv/one"))).cgroupRoot(),
                Instance.of(config.withRoot(Path.of("/srv/two"))).cgroupRoot());
    }
}
