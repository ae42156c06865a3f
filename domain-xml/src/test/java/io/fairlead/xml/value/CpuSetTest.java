package io.fairlead.xml.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.test.RandomTest;
import io.fairlead.xml.tree.XmlException;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CpuSetTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0|0", "0-3,^2|0-1,3", "7,8,0|0,7-8", "0,1, 3|0-1,3", "16383|16383", "5-5|5"})
    void parse_whenLegal_printsTheShortForm(String text, String printed) {
        assertEquals(printed, CpuSet.parse(text).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a", "3-1", "-1", "1-", ",", "1,,2", "16384", "99999999999", "0x1", "^", "1-2-3"})
    void parse_whenNonsense_refuses(String text) {
        assertThrows(XmlException.class, () -> CpuSet.parse(text));
    }

    /** Near each other in half of the cases, so that they make ranges. */
    @RandomTest(tries = 500)
    void parse_whenPrinted_givesTheSameSet(long seed) {
        Random random = new Random(seed);
        int bound = random.nextBoolean() ? CpuSet.SIZE : 1 + random.nextInt(50);
        Set<Integer> members =
                random.ints(1 + random.nextInt(100), 0, bound).boxed().collect(Collectors.toSet());
        CpuSet set = CpuSet.of(members.stream().mapToInt(Integer::intValue).toArray());

        assertEquals(set, CpuSet.parse(set.toString()));
        assertEquals(members.size(), set.size());
        assertTrue(members.stream().allMatch(set::contains));
    }
}
