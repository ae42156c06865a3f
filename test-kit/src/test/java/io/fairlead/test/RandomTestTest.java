package io.fairlead.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

class RandomTestTest {
    private static final List<Long> SEEN = new ArrayList<>();

    /** Run by the tests below only. */
    static class Sample {
        @RandomTest(tries = 5)
        void notes(long seed) {
            SEEN.add(seed);
        }

        @RandomTest(tries = 3)
        void fails(long seed) {
            SEEN.add(seed);
            throw new IllegalStateException("on purpose");
        }
    }

    private final String given = System.getProperty(SeedProvider.PROPERTY);

    @BeforeEach
    void forget() {
        SEEN.clear();
        System.clearProperty(SeedProvider.PROPERTY);
    }

    @AfterEach
    void giveBack() {
        if (given != null) {
            System.setProperty(SeedProvider.PROPERTY, given);
        }
    }

    private static EngineExecutionResults run(String method) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectMethod(Sample.class, method, long.class))
                .execute();
    }

    @Test
    void run_givesEachTryASeed_andEachRunOthers() {
        run("notes").testEvents().assertStatistics(events -> events.succeeded(5));
        List<Long> first = List.copyOf(SEEN);
        assertEquals(5, first.stream().distinct().count());
        SEEN.clear();
        run("notes");
        assertNotEquals(first, SEEN);
    }

    @Test
    void run_whenASeedIsGiven_takesThatOne() {
        System.setProperty(SeedProvider.PROPERTY, "-42");
        try {
            run("notes").testEvents().assertStatistics(events -> events.succeeded(1));
        } finally {
            System.clearProperty(SeedProvider.PROPERTY);
        }
        assertEquals(List.of(-42L), SEEN);
    }

    @Test
    void failure_beginsWithItsSeed() {
        List<String> messages = run("fails").testEvents().failed().stream()
                .map(event -> event.getRequiredPayload(org.junit.platform.engine.TestExecutionResult.class)
                        .getThrowable()
                        .orElseThrow()
                        .getMessage())
                .toList();
        assertEquals(
                SEEN.stream()
                        .map(seed -> "-Dseed=" + seed + ": java.lang.IllegalStateException: on purpose")
                        .toList(),
                messages);
    }
}
