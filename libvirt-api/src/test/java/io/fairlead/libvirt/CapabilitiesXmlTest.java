package io.fairlead.libvirt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.thaiopensource.util.PropertyMapBuilder;
import com.thaiopensource.validate.ValidateProperty;
import com.thaiopensource.validate.ValidationDriver;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** What we say about the machine, judged by libvirt's own schemas (package libvirt0). */
class CapabilitiesXmlTest {
    private static final Path SCHEMAS = Path.of("/usr/share/libvirt/schemas");

    @Test
    void capabilities_matchLibvirtsSchema() throws Exception {
        assertEquals(List.of(), complaints("capability.rng", new CapabilitiesXml(new FakeHostFacts()).text()));
    }

    @Test
    void domainCapabilities_matchLibvirtsSchema() throws Exception {
        String text = new DomainCapabilitiesXml(new FakeHostFacts()).text(null, "i686", null, "lxc");
        assertEquals(List.of(), complaints("domaincaps.rng", text));
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

    private static List<String> complaints(String schema, String text) throws IOException, SAXException {
        assumeTrue(Files.isDirectory(SCHEMAS), "libvirt's schemas are not installed (package libvirt0)");
        Collector collector = new Collector();
        PropertyMapBuilder properties = new PropertyMapBuilder();
        properties.put(ValidateProperty.ERROR_HANDLER, collector);
        ValidationDriver driver = new ValidationDriver(properties.toPropertyMap());
        driver.loadSchema(
                ValidationDriver.fileInputSource(SCHEMAS.resolve(schema).toFile()));
        driver.validate(new InputSource(new StringReader(text)));
        return collector.complaints;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"'' | ''", "0 | 0", "0 1 2 3 | 0-3", "0 1 2 3 8 | 0-3,8", "1 3 5 6 | 1,3,5-6"})
    void ranges_areWrittenAsLibvirtDoes(String bits, String expected) {
        BitSet set = new BitSet();
        for (String bit : bits.split(" ")) {
            if (!bit.isEmpty()) {
                set.set(Integer.parseInt(bit));
            }
        }
        assertEquals(expected, CapabilitiesXml.ranges(set));
    }

    private static final class Collector implements ErrorHandler {
        private final List<String> complaints = new ArrayList<>();

        @Override
        public void warning(SAXParseException e) {
            complaints.add(e.getMessage());
        }

        @Override
        public void error(SAXParseException e) {
            complaints.add(e.getMessage());
        }

        @Override
        public void fatalError(SAXParseException e) {
            complaints.add(e.getMessage());
        }
    }
}
