package io.fairlead.xml.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fairlead.xml.nwfilter.FilterBindingDocument;
import io.fairlead.xml.schema.LibvirtSchemas;
import io.fairlead.xml.tree.XmlException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ports of networks and bindings of filters: both tie an interface of a domain to something. */
class NetworkPortDocumentTest {
    private static final LibvirtSchemas SCHEMAS = new LibvirtSchemas(LibvirtSchemas.DIRECTORY);
    private static final String OWNER =
            "<owner><uuid>8f1f2c54-4c2e-4a6b-9d53-2f0a6f1b7c18</uuid><name>web</name></owner>";
    private static final String PORT = "<networkport>%s<mac address='52:54:0:AA:0:1'/>" + OWNER + "</networkport>";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<plug type='network' bridge='virbr0' macTableManager='kernel'/>",
                "<plug type='bridge' bridge='br0'/>",
                "<plug type='direct' dev='eth0' mode='vepa'/>",
                "<plug type='hostdev-pci' managed='yes'><driver name='vfio'/>"
                        + "<address domain='0' bus='3' slot='5' function='1'/></plug>",
                "<group>fast</group><rxfilters trustGuest='yes'/><port isolated='yes'/><vlan><tag id='4'/></vlan>"
                        + "<bandwidth classID='3'><inbound average='9' floor='2'/></bandwidth>"
                        + "<virtualport type='openvswitch'/><plug type='bridge' bridge='br0'/>"
            })
    void parse_whenPortIsWhole_printsAnOrderedOneOfTheSchema(String parts) {
        NetworkPortDocument port = NetworkPortDocument.parse(PORT.formatted(parts), () -> Networks.ID);

        assertEquals("52:54:00:aa:00:01", port.mac());
        assertEquals("web", port.ownerName());
        assertEquals(Networks.ID, port.uuid());
        assertTrue(port.toXml().startsWith("<networkport>\n  <uuid>"), port.toXml());
        assertEquals(
                port.toXml(),
                NetworkPortDocument.parse(port.toXml(), () -> null).toXml());
        assumeTrue(
                SCHEMAS.has("networkport.rng"), "skipped, because package libvirt0 with its schemas is not installed");
        SCHEMAS.validate("networkport.rng", "networkport_definition", port.toXml());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<plug/>",
                "<plug type='x'/>",
                "<plug type='bridge'/>",
                "<plug type='direct' dev='a'/>",
                "<plug type='direct' dev='a' mode='x'/>",
                "<plug type='hostdev-pci'/>",
                "<port isolated='x'/>",
                "<bandwidth classID='0'><inbound average='1'/></bandwidth>",
                "<uuid>x</uuid>",
                "<vlan/>"
            })
    void parse_whenAPartOfAPortIsWrong_refusesIt(String part) {
        assertThrows(XmlException.class, () -> NetworkPortDocument.parse(PORT.formatted(part), () -> Networks.ID));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<networkport/>", "<network/>", "<networkport>" + OWNER + "</networkport>"})
    void parse_whenAPortHasNoOwnerOrAddress_refusesIt(String xml) {
        assertThrows(XmlException.class, () -> NetworkPortDocument.parse(xml, () -> Networks.ID));
    }

    @Test
    void parse_whenBindingIsWhole_printsAnOrderedOneOfTheSchema() {
        FilterBindingDocument binding = FilterBindingDocument.parse("<filterbinding>"
                + "<filterref filter='clean-traffic'><parameter name='MAC' value='52:54:00:00:00:01'/></filterref>"
                + "<mac address='52:54:0:0:0:1'/><linkdev name='eth0'/><portdev name='vnet0'/>" + OWNER
                + "</filterbinding>");

        assertEquals("vnet0", binding.portDevice());
        assertEquals(Optional.of("eth0"), binding.linkDevice());
        assertEquals(
                Map.of("MAC", List.of("52:54:00:00:00:01")), binding.filter().parameters());
        assertEquals(
                binding.toXml(), FilterBindingDocument.parse(binding.toXml()).toXml());
        assumeTrue(
                SCHEMAS.has("nwfilterbinding.rng"),
                "skipped, because package libvirt0 with its schemas is not installed");
        SCHEMAS.validate("nwfilterbinding.rng", "nwfilterbinding_definition", binding.toXml());
    }

    @ParameterizedTest
    @ValueSource(strings = {"portdev", "mac", "owner", "filterref"})
    void parse_whenABindingLacksAPart_refusesIt(String part) {
        String whole = "<filterbinding><portdev name='v'/><mac address='52:54:00:00:00:01'/>" + OWNER
                + "<filterref filter='f'/></filterbinding>";
        FilterBindingDocument.parse(whole);

        assertThrows(
                XmlException.class,
                () -> FilterBindingDocument.parse(
                        whole.replace("<" + part, "<x").replace("</" + part, "</x")));
    }
}
