package io.fairlead.core.life;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fairlead.core.domain.EngineTimes;
import io.fairlead.core.intent.RestartCount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestartPacerTest {
    private static final Duration QUICK = Duration.ofMillis(1);
    private static final Duration LONG = EngineTimes.DEFAULT.settled();

    private final RestartPacer pacer = new RestartPacer(EngineTimes.DEFAULT);
    private RestartCount count = RestartCount.NONE;

    private long delayAfter(Duration lived) {
        count = pacer.count(count, lived);
        return pacer.delay(count).toMillis();
    }

    @Test
    void delay_whenEndsComeQuickly_doublesUpToTheLimit() {
        List<Long> millis = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            millis.add(delayAfter(QUICK));
        }
        assertEquals(
                List.of(0L, 100L, 200L, 400L, 800L, 1_600L, 3_200L, 6_400L, 12_800L, 25_600L, 30_000L, 30_000L),
                millis);
    }

    @Test
    void delay_whenEndsGoOnForEver_staysAtTheLimit() {
        for (int i = 0; i < 100; i++) {
            delayAfter(QUICK);
        }
        assertEquals(30_000, delayAfter(QUICK));
        count = new RestartCount(Integer.MAX_VALUE, Integer.MAX_VALUE);
        assertEquals(30_000, delayAfter(QUICK));
    }

    @Test
    void delay_whenItLivedForAWhile_isNoneAgainButTheCountGoesOn() {
        delayAfter(QUICK);
        delayAfter(QUICK);
        assertEquals(0, delayAfter(LONG));
        assertEquals(new RestartCount(3, 1), count);
    }

    @Test
    void another_whenALaunchWasCutOff_isNoRestartButMakesTheNextWaitLonger() {
        count = pacer.another(pacer.another(RestartCount.NONE));
        assertEquals(new RestartCount(0, 2), count);
        assertEquals(100, pacer.delay(count).toMillis());
    }

    @ParameterizedTest
    @CsvSource({"-5000, 0", "0, 0", "700, 700", "30000, 30000", "99999999999, 30000"})
    void rest_whereverTheClockWasSetTo_isWithinTheLimit(long left, long rest) {
        assertEquals(rest, pacer.rest(Duration.ofMillis(left)).toMillis());
    }
}
