package io.fairlead.backend.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.xml.domain.model.IdMap.Range;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class IdRangesTest {
    private static String refusal(Range... ranges) {
        EngineException refused = assertThrows(EngineException.class, () -> IdRanges.read("gid", List.of(ranges)));
        assertEquals(ErrorCode.XML_ERROR, refused.code());
        return refused.getMessage();
    }

    @Test
    void read_whenTheKernelTakesThem_givesThemAll() {
        List<Range> ranges = List.of(new Range(0, 100_000, 65_536), new Range(65_536, 1_000, 1));
        assertEquals(2, IdRanges.read("uid", ranges).size());
        assertEquals(
                1, IdRanges.read("uid", List.of(new Range(0, 0, 0xffff_ffffL))).size());
    }

    @Test
    void read_whenOneIsEmptyOrTooLong_refusesItByName() {
        assertTrue(refusal(new Range(0, 1, 0)).contains("gid count='0'"));
        assertTrue(refusal(new Range(0, 2, 0xffff_fffeL)).contains("target='2' count='4294967294'"));
    }

    @Test
    void read_whenTwoOverlapInsideOrOutside_refusesThemByName() {
        assertTrue(refusal(new Range(0, 100_000, 10), new Range(9, 200_000, 10))
                .contains("start='9' lies in that of start='0'"));
        assertTrue(refusal(new Range(0, 100_000, 10), new Range(10, 99_991, 10))
                .contains("target='100000' lies in that of target='99991'"));
    }

    @Test
    void read_whenThereAreMoreThanTheKernelTakes_saysHowMany() {
        Range[] many =
                LongStream.range(0, 341).mapToObj(n -> new Range(n, n, 1)).toArray(Range[]::new);
        assertTrue(refusal(many).contains("341 ranges of gid"));
        Range[] wide = LongStream.range(0, 250)
                .mapToObj(n -> new Range(n, 1_000_000_000 + n, 1))
                .toArray(Range[]::new);
        assertTrue(refusal(wide).contains("in 4095 bytes"));
    }
}
