package io.fairlead.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.conformance.client.Virsh;
import io.fairlead.conformance.server.Server;
import io.fairlead.conformance.server.TestPool;

/** {@link VolumeCases} on thin devices: run where the kernel has them, see {@link CasesForUml}. */
class ThinVolumeCases extends VolumeCases {
    @Override
    protected TestPool.Kind kind() {
        return TestPool.Kind.THIN;
    }

    @Override
    protected String growing() {
        return "ext4";
    }

    @Case(notTheOracle = NOT_THERE)
    @SuppressWarnings("try") // a pool is had, not used
    void resize_ofATreeInUse_growsItsFileSystem(Server server) {
        Virsh virsh = server.virsh();
        try (TestPool pool = TestPool.start(server, kind(), "p")) {
            makeRoot(server, "root");
            sleeping("d").start(server);
            long before = kibibytes(server);
            long capacity = Long.parseLong(virsh.ok("vol-info", "root", "--pool", "p", "--bytes")
                    .replaceFirst("(?s).*Capacity:\\s+(\\d+) .*", "$1"));
            virsh.ok("vol-resize", "root", Long.toString(2 * capacity), "--pool", "p");
            long after = kibibytes(server);
            assertTrue(after > before + before / 2, before + " KiB, then " + after);
            assertEquals(
                    "there",
                    inside(server, "d", "echo there > /file; cat /file").strip());
            virsh.ok("destroy", "d");
            virsh.ok("undefine", "d");
        }
    }

    private static long kibibytes(Server server) {
        return Long.parseLong(
                inside(server, "d", "df -P -k / | tail -n 1 | awk '{print $2}'").strip());
    }
}
