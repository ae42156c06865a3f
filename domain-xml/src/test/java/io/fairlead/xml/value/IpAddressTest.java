package io.fairlead.xml.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "0.0.0.0, 0.0.0.0",
        "::, ::",
        "::1, ::1",
        "FD00:0:0:1:0:0:0:1, fd00:0:0:1::1",
        "fd00:0:1:1:1:1:1:1, fd00:0:1:1:1:1:1:1",
        "1::, 1::",
        "1:0:0:2::, 1:0:0:2::",
        "::ffff:192.0.2.1, ::ffff:192.0.2.1",
        "::c000:201, ::192.0.2.1",
        "64:ff9b::192.0.2.1, 64:ff9b::c000:201",
        "1:2:3:4:5:6:192.0.2.1, 1:2:3:4:5:6:c000:201"
    })
    void toString_whenParsed_isTheShortestForm(String text, String shortest) {
        assertEquals(Optional.of(shortest), IpAddress.parse(text).map(IpAddress::toString));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "1.2.3",
                "1.2.3.4.5",
                "256.0.0.1",
                "010.0.0.1",
                "1.2.3.4 ",
                ":",
                ":::",
                "1::2::3",
                "12345::",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7::8:9",
                "::1.2.3",
                "1.2.3.4::",
                "fe80::1%eth0",
                "1:2:3:4:5:6:7:1.2.3.4",
                "::g",
                "1:2:3:4:5:6:7:8::"
            })
    void parse_whenTextIsNoAddress_isEmpty(String text) {
        assertEquals(Optional.empty(), IpAddress.parse(text));
    }

    @Test
    void network_whenPrefixCutsAnOctet_keepsItsFirstBits() {
        IpAddress address = IpAddress.parse("10.1.255.7").orElseThrow();

        assertEquals("10.1.248.0", address.network(21).toString());
        assertEquals("10.1.255.255", address.last(21).toString());
        assertEquals("0.0.0.0", address.network(0).toString());
        assertEquals(address, address.network(32));
        assertTrue(address.sharesNetwork(IpAddress.parse("10.1.249.1").orElseThrow(), 21));
    }

    @ParameterizedTest
    @CsvSource({"255.255.255.0, 24", "0.0.0.0, 0", "255.255.255.255, 32", "255.0.255.0, -1", "ffff:ff00::, 24"})
    void prefixOfMask_whenOnesComeFirst_countsThem(String mask, int prefix) {
        assertEquals(prefix, IpAddress.parse(mask).orElseThrow().prefixOfMask());
    }
}
