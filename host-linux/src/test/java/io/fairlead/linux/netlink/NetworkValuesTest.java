package io.fairlead.linux.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Values that cannot be are refused before the kernel sees them. */
class NetworkValuesTest {
    private static void assertRefused(Executable action) {
        assertThrows(IllegalArgumentException.class, action);
    }

    @Test
    void check_whenANameIsPossible_passesItThrough() {
        for (String name : List.of("a", "vnet0", "eth0.100", "fifteen-letters", "br-\u00fc", "...")) {
            assertEquals(name, LinkName.check(name));
        }
    }

    @Test
    void check_whenANameIsImpossibleOrOdd_refusesIt() {
        for (String name : List.of(
                "",
                "sixteen-letters-",
                "\u00fc\u00fc\u00fc\u00fc\u00fc\u00fc\u00fc\u00fc", // eight letters, sixteen bytes
                ".",
                "..",
                "a/b",
                "a:b",
                "vnet%d",
                "a b",
                "a\tb",
                "a\u00a0b",
                "a\nb",
                "a\0b",
                "a\u001bb",
                "a\u007fb",
                "a\u0085b",
                "a\ud800b")) {
            assertRefused(() -> LinkName.check(name));
            assertRefused(() -> LinkSettings.named(name));
        }
    }

    @Test
    void parse_whenAnAddressIsText_givesItsBytes() {
        assertEquals("192.0.2.1", IpAddress.parse("192.0.2.1").toString());
        assertEquals("2001:db8:0:0:0:0:0:1", IpAddress.parse("2001:DB8::1").toString());
        IpAddress mapped = IpAddress.parse("::ffff:192.0.2.1");
        assertTrue(mapped.v6());
        assertEquals(mapped, IpAddress.parse(mapped.toString()));
        assertFalse(mapped.equals(IpAddress.parse("192.0.2.1")));
    }

    @Test
    void parse_whenAnAddressIsSomethingElse_refusesItWithoutAskingANameServer() {
        for (String text : List.of(
                "",
                "localhost",
                "example.org",
                "1",
                "10.1",
                "256.0.0.1",
                "1.2.3.4.5",
                " 1.2.3.4",
                "::1%lo",
                ":::",
                "12345::",
                "1:2:3:4:5:6:7:8:9",
                "[::1]",
                "::1.2.3")) {
            assertRefused(() -> IpAddress.parse(text));
        }
        assertRefused(() -> IpAddress.of(new byte[5]));
    }

    @Test
    void prefix_whenItsLengthIsImpossible_isRefused() {
        for (String text :
                List.of("192.0.2.1/33", "192.0.2.1/-1", "192.0.2.1/", "2001:db8::/129", "1.2.3.4/a", "1.2.3.4/1/2")) {
            assertRefused(() -> IpPrefix.parse(text));
        }
        assertEquals(32, IpPrefix.parse("192.0.2.1").length());
    }

    @Test
    void contains_comparesTheLeadingBitsOfOneFamily() {
        IpPrefix prefix = IpPrefix.parse("192.0.2.77/25");
        assertEquals(IpPrefix.parse("192.0.2.0/25"), prefix.network());
        assertTrue(prefix.contains(IpAddress.parse("192.0.2.127")));
        assertFalse(prefix.contains(IpAddress.parse("192.0.2.128")));
        assertFalse(prefix.contains(IpAddress.parse("::192.0.2.1")));
        assertTrue(IpPrefix.all(true).contains(IpAddress.parse("2001:db8::1")));
        assertFalse(IpPrefix.all(true).contains(IpAddress.parse("192.0.2.1")));
    }

    @Test
    void macAddress_whenItsTextIsWrong_isRefused() {
        for (String text :
                List.of("", "52:54:00:12:34", "52:54:00:12:34:5g", "52-54-00-12-34-56", "52:54:00:12:34:561")) {
            assertRefused(() -> MacAddress.parse(text));
        }
        assertEquals("52:54:00:ab:cd:ef", MacAddress.parse("52:54:00:AB:cd:eF").toString());
        assertTrue(MacAddress.parse("01:00:5e:00:00:01").multicast());
        assertFalse(MacAddress.parse("fe:00:5e:00:00:01").multicast());
        assertRefused(() -> new MacAddress(1L << 48));
        assertRefused(() -> new MacAddress(-1));
    }

    @Test
    void settings_whenTheyCannotBe_areRefused() {
        assertRefused(() -> LinkSettings.none().withMtu(0));
        assertRefused(() -> LinkSettings.none().withMaster(-1));
        assertRefused(() -> new LinkKind.Veth(LinkSettings.named("v1").withUp(true)));
        assertRefused(() -> new LinkKind.Veth(LinkSettings.named("v1").withMaster(1)));
        assertRefused(() -> new LinkKind.Bridge(null, Duration.ofMillis(-1), null));
        assertRefused(() -> new Route(IpPrefix.parse("192.0.2.1/24"), null, 1, 0));
        assertRefused(() -> new Route(IpPrefix.parse("192.0.2.0/24"), IpAddress.parse("::1"), 1, 0));
        assertRefused(() -> LinkCodec.create(LinkKind.Bridge.plain(), LinkSettings.none()));
    }
}
