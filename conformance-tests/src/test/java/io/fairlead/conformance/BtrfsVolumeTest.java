package io.fairlead.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.conformance.server.Server;
import io.fairlead.conformance.server.TestPool;

/** {@link VolumeCases} on subvolumes of btrfs. */
class BtrfsVolumeTest extends VolumeCases {
    @Override
    protected TestPool.Kind kind() {
        return TestPool.Kind.BTRFS;
    }

    @Case(notTheOracle = NOT_THERE)
    @SuppressWarnings("try") // a pool is had, not used
    void resize_ofATreeInUse_letsItsContainerWriteMore(Server server) {
        try (TestPool pool = TestPool.start(server, kind(), "p")) {
            makeRoot(server, "root");
            server.virsh().ok("vol-resize", "root", "16M", "--pool", "p");
            sleeping("d").start(server);
            String write = "dd if=/dev/urandom of=/file bs=1M count=32 conv=fsync 2>&1 || true";
            String full = inside(server, "d", write);
            assertTrue(full.contains("quota exceeded") || full.contains("No space left"), full);
            inside(server, "d", "rm /file; sync");
            server.virsh().ok("vol-resize", "root", "64M", "--pool", "p");
            String fits = inside(server, "d", write);
            assertTrue(fits.contains("32+0 records out"), fits);
            server.virsh().ok("destroy", "d");
            server.virsh().ok("undefine", "d");
        }
    }
}
