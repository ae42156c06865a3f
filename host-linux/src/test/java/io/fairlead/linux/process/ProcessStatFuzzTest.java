package io.fairlead.linux.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.provider.MethodSource;

/** A process of a guest may take any name, even one that looks like the fields behind the name. */
class ProcessStatFuzzTest {
    @MethodSource("names")
    @FuzzTest
    void parse_whenTheNameIsAnything_keepsItApart(byte[] input) {
        String name = new String(input, StandardCharsets.UTF_8);
        ProcessStat stat =
                ProcessStat.parse("12 (" + name + ") Z 3 4 5 0 -1 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20\n");

        assertEquals(new ProcessStat(12, name, 'Z', 3, 4, 5, 11, 12, 19), stat);
    }

    static List<byte[]> names() {
        return List.of("init".getBytes(StandardCharsets.UTF_8), ") S 1 (x".getBytes(StandardCharsets.UTF_8));
    }
}
