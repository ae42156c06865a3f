package io.fairlead.backend.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.xml.domain.model.Capability;
import io.fairlead.xml.domain.model.Features;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CapabilityPolicyTest {
    private static final Set<String> ALL =
            Set.of("CHOWN", "SYS_MODULE", "SYS_TIME", "MKNOD", "AUDIT_CONTROL", "MAC_ADMIN");

    @ParameterizedTest
    @ValueSource(strings = {"SYS_MODULE", "SYS_TIME", "MKNOD", "AUDIT_CONTROL", "MAC_ADMIN"})
    void of_whenThePolicyIsDefault_dropsWhatReachesTheHost(String capability) {
        assertFalse(CapabilityPolicy.of(Features.CapabilityPolicy.DEFAULT, Map.of(), ALL)
                .granted()
                .contains(capability));
    }

    @Test
    void of_whenThePolicyIsDenyButForOne_grantsThatOne() {
        assertEquals(
                Set.of("CHOWN"),
                CapabilityPolicy.of(Features.CapabilityPolicy.DENY, Map.of(Capability.CHOWN, true), ALL)
                        .granted());
    }

    @Test
    void of_whenThePolicyIsAllowButForOne_dropsThatOne() {
        Set<String> granted = CapabilityPolicy.of(Features.CapabilityPolicy.ALLOW, Map.of(Capability.CHOWN, false), ALL)
                .granted();
        assertFalse(granted.contains("CHOWN"));
        assertEquals(ALL.size() - 1, granted.size());
    }

    @Test
    void of_whenWeDoNotHaveItOurselves_grantsItToNobody() {
        Set<String> granted = CapabilityPolicy.of(
                        Features.CapabilityPolicy.ALLOW, Map.of(Capability.SYS_RESOURCE, true), ALL)
                .granted();
        assertFalse(granted.contains("SYS_RESOURCE"));
    }

    @Test
    void of_whenMknodIsTurnedOn_opensTheDevicesGroupForIt() {
        assertTrue(CapabilityPolicy.of(Features.CapabilityPolicy.DEFAULT, Map.of(Capability.MKNOD, true), ALL)
                .makesNodes());
        assertFalse(CapabilityPolicy.of(Features.CapabilityPolicy.DEFAULT, Map.of(), ALL)
                .makesNodes());
    }
}
