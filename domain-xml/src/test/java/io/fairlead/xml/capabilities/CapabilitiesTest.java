package io.fairlead.xml.capabilities;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fairlead.xml.Goldens;
import io.fairlead.xml.domain.normal.DomainDefaults;
import io.fairlead.xml.schema.LibvirtSchemas;
import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlException;
import io.fairlead.xml.tree.XmlReader;
import io.fairlead.xml.value.CpuSet;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CapabilitiesTest {
    private static final LibvirtSchemas SCHEMAS = new LibvirtSchemas(LibvirtSchemas.DIRECTORY);

    private static HostElement host(String arch) {
        long small = 4096;
        long large = 2L << 20;
        return new HostElement(
                UUID.fromString("097a060a-2adb-4345-bba6-450a45e1370c"),
                arch,
                List.of(small, large),
                false,
                List.of(new HostElement.Cell(
                        0,
                        4942028L * 1024,
                        List.of(new HostElement.Pages(small, 1235507), new HostElement.Pages(large, 0)),
                        List.of(10),
                        List.of(
                                new HostElement.Cpu(0, 0, 0, 0, CpuSet.of(0)),
                                new HostElement.Cpu(1, 0, 0, 1, CpuSet.of(1))))));
    }

    @Test
    void host_whenPrinted_hasLibvirtsForm() {
        String expected = Goldens.read(Path.of("src/test/resources/capabilities/x86_64.xml"));

        assertEquals(expected, CapabilitiesXml.of(host("x86_64"), DomainDefaults.forArch("amd64")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"amd64", "aarch64"})
    void documents_whenPrinted_matchLibvirtsSchemas(String arch) {
        assumeTrue(
                SCHEMAS.has("capability.rng"), "skipped, because package libvirt0 with its schemas is not installed");
        DomainDefaults defaults = DomainDefaults.forArch(arch);

        SCHEMAS.validate("capability.rng", "capabilities", CapabilitiesXml.of(host(defaults.arch()), defaults));
        SCHEMAS.validate("domaincaps.rng", "domaincaps", DomainCapabilitiesXml.of(defaults, null, null, null, 16384));
    }

    @Test
    void domain_whenAskedForAnArch_answersForIt() {
        DomainDefaults defaults = DomainDefaults.forArch("amd64");

        XmlElement document = XmlReader.read("c", DomainCapabilitiesXml.of(defaults, "/bin/x", "i686", "lxc", 7));

        assertEquals("i686", document.childText("arch").orElseThrow());
        assertEquals("/bin/x", document.childText("path").orElseThrow());
        assertEquals("7", document.child("vcpu").attribute("max"));
    }

    @Test
    void domain_whenAContainerCannotBeThat_refuses() {
        DomainDefaults defaults = DomainDefaults.forArch("amd64");

        assertTrue(assertThrows(XmlException.class, () -> DomainCapabilitiesXml.of(defaults, null, null, "kvm", 1))
                .getMessage()
                .contains("kvm"));
        assertTrue(assertThrows(XmlException.class, () -> DomainCapabilitiesXml.of(defaults, null, "s390x", null, 1))
                .getMessage()
                .contains("s390x"));
    }
}
