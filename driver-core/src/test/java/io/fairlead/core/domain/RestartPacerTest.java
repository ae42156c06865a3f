package io.fairlead.core.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RestartPacerTest {
    private static final long QUICK = 1;
    private static final long LONG = EngineTimes.DEFAULT.settled().toNanos();

    private final RestartPacer pacer = new RestartPacer(EngineTimes.DEFAULT);

    @Test
    void delay_whenEndsComeQuickly_doublesUpToTheLimit() {
        List<Long> millis = Stream.generate(() -> pacer.delayAfter(QUICK).toMillis())
                .limit(12)
                .toList();
        assertEquals(
                List.of(0L, 100L, 200L, 400L, 800L, 1_600L, 3_200L, 6_400L, 12_800L, 25_600L, 30_000L, 30_000L),
                millis);
    }

    @Test
    void delay_whenEndsGoOnForEver_staysAtTheLimit() {
        for (int i = 0; i < 100; i++) {
            pacer.delayAfter(QUICK);
        }
        assertEquals(Duration.ofSeconds(30), pacer.delayAfter(QUICK));
    }

    @Test
    void delay_whenItLivedForAWhile_isNoneAgain() {
        pacer.delayAfter(QUICK);
        pacer.delayAfter(QUICK);
        assertEquals(Duration.ZERO, pacer.delayAfter(LONG));
    }

    @Test
    void delay_whenAClientStartedIt_isNoneAgain() {
        pacer.delayAfter(QUICK);
        pacer.delayAfter(QUICK);
        pacer.forget();
        assertEquals(Duration.ZERO, pacer.delayAfter(QUICK));
    }
}
