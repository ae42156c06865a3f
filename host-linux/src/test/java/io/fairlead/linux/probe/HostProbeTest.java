package io.fairlead.linux.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.linux.host.Machine;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostProbeTest {
    @Test
    void all_whenLooked_tellsEachThingOnceInOneLine() throws Exception {
        List<Finding> findings = new HostProbe().all();
        assertEquals(
                findings.size(), findings.stream().map(Finding::name).distinct().count());
        for (Finding finding : findings) {
            assertFalse(finding.detail().isBlank() || finding.detail().contains("\n"), finding.toString());
        }
        assertEquals(Machine.runningKernel(), findings.get(0).detail());
    }

    @Test
    void program_whenMissing_namesThePackage() {
        Finding missing = HostProbe.program("fairlead-no-such-program", "some-package");
        assertFalse(missing.present());
        assertEquals("some-package", missing.debianPackage());
        assertTrue(HostProbe.program("sh", "dash").present());
    }
}
