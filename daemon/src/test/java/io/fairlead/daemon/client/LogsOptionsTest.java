package io.fairlead.daemon.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class LogsOptionsTest {
    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
    private static final long NANOS = 1_000_000_000;

    @Test
    void parse_whenOptionsAreGiven_takesThem() {
        LogsOptions options = LogsOptions.parse(NOW, "-ft", "web", "-n", "5");
        assertEquals("web", options.container());
        assertTrue(options.follow() && options.times());
        assertEquals(5, options.tail());
        assertEquals(0, options.since());
        assertEquals(-1, LogsOptions.parse(NOW, "web").tail());
        assertEquals(-1, LogsOptions.parse(NOW, "web", "--tail=all").tail());
    }

    @Test
    void since_inEachForm_isThatTime() {
        assertEquals(NOW.getEpochSecond() * NANOS, since("2026-11-29T12:00:00Z"));
        assertEquals((NOW.getEpochSecond() - 3600) * NANOS + 5_000_000, since("2026-11-29T12:00:00.005+01:00"));
        assertEquals((NOW.getEpochSecond() - 90) * NANOS, since("90s"));
        assertEquals((NOW.getEpochSecond() - 2 * 3600 - 1800) * NANOS, since("2h30m"));
        assertEquals(1_700_000_000 * NANOS, since("1700000000"));
        assertEquals(1_700_000_000 * NANOS + 120_000_000, since("1700000000.12"));
        long local = LocalDateTime.parse("2026-11-29T00:00:00")
                .atZone(ZoneId.systemDefault())
                .toEpochSecond();
        assertEquals(local * NANOS, since("2026-11-29"));
        assertEquals(local * NANOS, since("2026-11-29T00:00:00"));
        assertEquals(0, since("999999h"), "before 1970");
    }

    @Test
    void parse_whenItMakesNoSense_saysWhy() {
        assertRefused("no container is named");
        assertRefused("more than one container is named", "a", "b");
        assertRefused("--tail -5 (expected: a number of lines, or all)", "a", "--tail", "-5");
        assertRefused(
                "--since yesterday (expected: a time such as 2026-11-29T12:00:00Z, or 15m)", "a", "--since=yesterday");
        assertRefused("--since 99999999999 is out of range", "a", "--since=99999999999");
        assertRefused("unknown option -x", "a", "-x");
    }

    private static long since(String text) {
        return LogsOptions.parse(NOW, "web", "--since", text).since();
    }

    private static void assertRefused(String why, String... arguments) {
        assertEquals(
                why,
                assertThrows(UsageException.class, () -> LogsOptions.parse(NOW, arguments))
                        .getMessage());
    }
}
