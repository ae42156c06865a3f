package io.fairlead.xml.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fairlead.xml.tree.XmlErrorKind;
import io.fairlead.xml.tree.XmlException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {
    @ParameterizedTest
    @CsvSource({
        "5,b,5",
        "5,bytes,5",
        "5,,5",
        "1,k,1024",
        "1,KiB,1024",
        "1,KB,1000",
        "2,M,2097152",
        "2,MB,2000000",
        "1,GiB,1073741824",
        "1,T,1099511627776",
        "1,PB,1000000000000000",
        "7,EiB,8070450532247928832"
    })
    void bytes_whenUnitIsKnown_scales(long number, String unit, long bytes) {
        assertEquals(bytes, ByteSize.bytes(number, unit));
    }

    @ParameterizedTest
    @ValueSource(strings = {"foo", "kbit", "K i B", "Z", "KiBs"})
    void bytes_whenUnitIsUnknown_refuses(String unit) {
        XmlException refusal = assertThrows(XmlException.class, () -> ByteSize.bytes(1, unit));

        assertEquals("invalid argument: unknown suffix '%s'".formatted(unit), refusal.getMessage());
    }

    @Test
    void bytes_whenTooLarge_reportsOverflow() {
        assertEquals(
                XmlErrorKind.OVERFLOW,
                assertThrows(XmlException.class, () -> ByteSize.bytes(8, "EiB")).kind());
        assertEquals(
                XmlErrorKind.OVERFLOW,
                assertThrows(XmlException.class, () -> ByteSize.bytes(Long.MAX_VALUE, "k"))
                        .kind());
    }

    @Test
    void ceilKib_whenNotWhole_roundsUp() {
        assertEquals(0, ByteSize.ceilKib(0));
        assertEquals(1, ByteSize.ceilKib(1));
        assertEquals(1, ByteSize.ceilKib(1024));
        assertEquals(9007199254740992L, ByteSize.ceilKib(Long.MAX_VALUE));
    }
}
