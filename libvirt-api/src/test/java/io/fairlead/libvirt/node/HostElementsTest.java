package io.fairlead.libvirt.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fairlead.xml.capabilities.CapabilitiesXml;
import io.fairlead.xml.domain.normal.DomainDefaults;
import io.fairlead.xml.schema.LibvirtSchemas;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Checks the documents about the machine with libvirt's own schemas (package libvirt0). */
class HostElementsTest {
    @Test
    void capabilities_matchLibvirtsSchema() {
        LibvirtSchemas schemas = new LibvirtSchemas(LibvirtSchemas.DIRECTORY);
        assumeTrue(schemas.has("capability.rng"), "libvirt's schemas are not installed (package libvirt0)");
        String text = CapabilitiesXml.of(HostElements.of(new FakeHostFacts()), DomainDefaults.host());
        schemas.validate("capability.rng", "capabilities", text);
        assertTrue(text.contains("<distances>"), text);
    }

    @Test
    void uuid_whenTheMachineNamesNone_staysTheSame() {
        HostFacts nameless = new FakeHostFacts() {
            @Override
            public Optional<String> uuid() {
                return Optional.of("Not Settable");
            }
        };
        assertEquals(HostElements.of(nameless).uuid(), HostElements.of(nameless).uuid());
    }

    @Test
    void sysinfo_hasLibvirtsNamesForTheKernelsFields() {
        var firmware = new HostFacts.Firmware(
                Map.of("vendor", "Acme"),
                Map.of("vendor", "Acme & Sons"),
                Map.of("asset_tag", "17", "oem", "left out"));
        String expected =
                """
                <sysinfo type='smbios'>
                  <bios>
                    <entry name='vendor'>Acme</entry>
                  </bios>
                  <system>
                    <entry name='manufacturer'>Acme &amp; Sons</entry>
                  </system>
                  <baseBoard>
                    <entry name='asset'>17</entry>
                  </baseBoard>
                </sysinfo>
                """;
        assertEquals(Optional.of(expected), SysinfoXml.of(firmware));
    }
}
