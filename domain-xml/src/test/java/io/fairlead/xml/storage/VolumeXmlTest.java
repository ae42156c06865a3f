package io.fairlead.xml.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fairlead.xml.schema.LibvirtSchemas;
import io.fairlead.xml.tree.XmlException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VolumeXmlTest {
    @Test
    void parse_whenSizesHaveUnits_givesBytes() {
        VolumeRequest request = VolumeRequest.parse(
                """
                <volume>
                  <name>v1</name>
                  <capacity unit='MiB'>10</capacity>
                  <allocation>5</allocation>
                  <target><format type='dir'/><permissions><mode>0755</mode><owner>-1</owner></permissions></target>
                  <backingStore><path>/p/base</path></backingStore>
                </volume>
                """);

        assertEquals(OptionalLong.of(10 << 20), request.capacityBytes());
        assertEquals(OptionalLong.of(5), request.allocationBytes());
        assertEquals(Optional.of("dir"), request.format());
        assertEquals(Optional.of("/p/base"), request.backingStore());
        assertEquals(OptionalInt.of(0755), request.permissions().mode());
        assertEquals(OptionalInt.empty(), request.permissions().owner());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<volume/>",
                "<volume><name/></volume>",
                "<volume><name>v</name><capacity>-5</capacity></volume>",
                "<volume><name>v</name><capacity>x</capacity></volume>",
                "<volume><name>v</name><capacity unit='E'>8</capacity></volume>",
                "<volume><name>v</name><capacity>99999999999999999999</capacity></volume>",
                "<volume><name>v</name><capacity unit='parsec'>1</capacity></volume>",
                "<volume><name>v</name><target><permissions><mode>9</mode></permissions></target></volume>",
                "<pool/>"
            })
    void parse_whenItMakesNoSense_isRefused(String xml) {
        assertThrows(XmlException.class, () -> VolumeRequest.parse(xml));
    }

    @Test
    void toXml_whenAFile_isWhatLibvirtPrints() {
        PermissionsElement permissions =
                new PermissionsElement(OptionalInt.of(0600), OptionalInt.of(0), OptionalInt.of(0));
        TimestampsElement times = new TimestampsElement(
                Instant.ofEpochSecond(1_700_000_000, 1),
                Instant.ofEpochSecond(5),
                Instant.EPOCH,
                Optional.of(Instant.MAX));
        VolumeXml volume = new VolumeXml(
                "file",
                "v1",
                "/p/v1",
                "/p/v1",
                10,
                5,
                OptionalLong.of(10),
                "raw",
                permissions,
                Optional.of(times),
                VolumeImageElements.NONE,
                Optional.empty());

        assertEquals(
                """
                <volume type='file'>
                  <name>v1</name>
                  <key>/p/v1</key>
                  <capacity unit='bytes'>10</capacity>
                  <allocation unit='bytes'>5</allocation>
                  <physical unit='bytes'>10</physical>
                  <target>
                    <path>/p/v1</path>
                    <format type='raw'/>
                    <permissions>
                      <mode>0600</mode>
                      <owner>0</owner>
                      <group>0</group>
                    </permissions>
                    <timestamps>
                      <atime>1700000000.000000001</atime>
                      <mtime>5</mtime>
                      <ctime>0</ctime>
                      <btime>31556889864403199.999999999</btime>
                    </timestamps>
                  </target>
                </volume>
                """,
                volume.toXml());
    }

    @Test
    void toXml_whenATreeWithAnOrigin_matchesLibvirtsSchema() {
        LibvirtSchemas schemas = new LibvirtSchemas(LibvirtSchemas.DIRECTORY);
        assumeTrue(
                schemas.has("storagevol.rng"), "skipped, because package libvirt0 with its schemas is not installed");
        VolumeXml volume = new VolumeXml(
                "dir",
                "web",
                "/p/web",
                "/p/web",
                0,
                0,
                OptionalLong.empty(),
                "dir",
                new PermissionsElement(OptionalInt.of(0755), OptionalInt.of(0), OptionalInt.of(0)),
                Optional.of(new TimestampsElement(
                        Instant.ofEpochSecond(7, 8), Instant.EPOCH, Instant.EPOCH, Optional.empty())),
                VolumeImageElements.NONE,
                Optional.of(new VolumeXml.Backing("/p/base", "dir")));

        schemas.validate("storagevol.rng", "volume", volume.toXml());
    }

    @Test
    void parse_whenOfAnImage_readsWhatIsWantedOfIt() {
        VolumeRequest request = VolumeRequest.parse(
                """
                <volume><name>v</name><capacity>1</capacity>
                  <target><format type='qcow2'/><compat>1.1</compat><clusterSize unit='KiB'>128</clusterSize>
                    <features><lazy_refcounts/></features></target>
                  <backingStore><path>/p/base</path><format type='raw'/></backingStore></volume>""");
        assertEquals(
                new VolumeImageElements(Optional.of("1.1"), 128 << 10, Optional.of(List.of("lazy_refcounts"))),
                request.image());
        assertEquals(Optional.of("/p/base"), request.backingStore());
        assertEquals(Optional.of("raw"), request.backingFormat());
    }

    @Test
    void parse_whenAnImagesPartsAreWrong_isRefusedInLibvirtsWords() {
        String xml = "<volume><name>v</name><target>%s</target></volume>";
        assertTrue(assertThrows(XmlException.class, () -> VolumeRequest.parse(xml.formatted("<compat>7</compat>")))
                .getMessage()
                .contains("forbidden characters in 'compat' attribute"));
        XmlException feature = assertThrows(
                XmlException.class, () -> VolumeRequest.parse(xml.formatted("<features><foo/></features>")));
        assertEquals("unsupported configuration: unsupported feature foo", feature.getMessage());
    }
}
