package io.fairlead.core.intent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.core.backend.GuestExit;
import io.fairlead.core.intent.Request.By;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class IntentTest {
    private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");
    private static final Intent RUNS = Intent.NONE.starting(request(Ask.START), LaunchTerms.PLAIN);
    private static final LastEnd END = LastEnd.of(StopReason.CRASHED, new GuestExit(3, T), List.of());

    @ParameterizedTest
    @CsvSource({
        "SHUTDOWN, OFF, SHUTDOWN",
        "REBOOT,   RUN, REBOOT",
        "RESET,    RUN, RESET",
        "DESTROY,  OFF, DESTROY",
        "HALT,     OFF, HALT",
    })
    void asked_whenAGuestRuns_saysWhetherTheDomainIsToRun(Ask ask, Wish wish, Ask pending) {
        Intent asked = RUNS.asked(request(ask));
        assertEquals(wish, asked.wish());
        assertEquals(pending, asked.pending());
        assertFalse(asked.isSettled());
    }

    @ParameterizedTest
    @EnumSource(
            value = Ask.class,
            names = {"SHUTDOWN", "REBOOT", "RESET", "DESTROY", "HALT"})
    void asked_whenTheGuestIsBeingDestroyed_changesNothing(Ask ask) {
        Intent destroyed = RUNS.asked(request(Ask.DESTROY));
        assertEquals(destroyed, destroyed.asked(request(ask)));
    }

    @Test
    void asked_whenARestartWaits_onlyHeedsWhatEndsTheDomain() {
        Intent waits = RUNS.again(END, Optional.empty(), T, new RestartCount(1, 1));
        assertEquals(waits, waits.asked(request(Ask.REBOOT)));
        assertEquals(waits, waits.asked(request(Ask.SHUTDOWN)));
        Intent destroyed = waits.asked(request(Ask.DESTROY));
        assertEquals(Wish.OFF, destroyed.wish());
        assertFalse(destroyed.waits());
    }

    @Test
    void asked_whenTheDomainIsOff_changesNothing() {
        Intent off = RUNS.stopped(END);
        assertEquals(off, off.asked(request(Ask.DESTROY)));
    }

    @Test
    void asked_whenAShutdownWasAskedBefore_canTurnItIntoAReboot() {
        Intent asked = RUNS.asked(request(Ask.SHUTDOWN)).asked(request(Ask.REBOOT));
        assertEquals(Wish.RUN, asked.wish());
        assertEquals(Ask.REBOOT, asked.pending());
    }

    @Test
    void launching_afterAPlan_leavesNothingPending() {
        Intent asked = RUNS.asked(request(Ask.REBOOT));
        Intent next = asked.again(END, Optional.empty(), T, RestartCount.NONE).launching(T.plusSeconds(1));
        assertEquals(Ask.NOTHING, next.pending());
        assertEquals(Ask.REBOOT, next.request().orElseThrow().ask());
        assertEquals(T.plusSeconds(1), next.started().orElseThrow());
        assertFalse(next.waits() || next.isSettled());
    }

    @Test
    void again_whenTheGuestHadTerms_keepsOnlyThoseThatOutliveIt() {
        Intent runs = Intent.NONE.starting(request(Ask.START), new LaunchTerms(true, true, true, true));
        Intent next = runs.again(END, Optional.empty(), T, RestartCount.NONE);
        assertEquals(new LaunchTerms(false, false, true, false), next.terms());
    }

    @Test
    void stopped_whenARevertGoesOn_stillWantsToRun() {
        Intent reverting = RUNS.reverting(request(Ask.REVERT), Optional.of(LaunchTerms.PLAIN));
        Intent off = reverting.stopped(END);
        assertEquals(Wish.RUN, off.wish());
        assertEquals(Ask.REVERT, off.pending());
        assertFalse(off.isSettled());
        assertTrue(off.givenUp().isSettled());
        assertTrue(RUNS.reverting(request(Ask.REVERT), Optional.empty())
                .stopped(END)
                .isSettled());
    }

    @ParameterizedTest
    @CsvSource({
        "as-defined, OFF, false",
        "no, OFF, false",
        "always, RUN, true",
        "unless-stopped, RUN, true",
        "on-failure, RUN, true"
    })
    void afterReboot_whenItRan_isVoidUnlessThePolicyOutlivesIt(String policy, Wish wish, boolean starts) {
        Intent after = RUNS.withPolicy(policy(policy)).afterReboot(T);
        assertEquals(wish, after.wish());
        assertEquals(starts, after.startsInBoot("another"));
        assertFalse(after.startsInBoot("boot"));
        assertEquals(!starts, after.lastEnd().isPresent());
    }

    @ParameterizedTest
    @CsvSource({"as-defined, false", "no, false", "always, true", "unless-stopped, false", "on-failure, false"})
    void afterReboot_whenItWasStopped_staysOffUnlessItAlwaysRuns(String policy, boolean starts) {
        Intent stopped =
                RUNS.withPolicy(policy(policy)).asked(request(Ask.DESTROY)).stopped(END);
        Intent after = stopped.afterReboot(T);
        assertEquals(starts, after.startsInBoot("another"));
        assertEquals(END, after.lastEnd().orElseThrow());
    }

    @Test
    void intent_whenARestartIsPlannedForADomainThatIsToBeOff_isRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new Intent(
                        Wish.OFF,
                        Optional.empty(),
                        LaunchTerms.PLAIN,
                        RestartPolicy.AS_DEFINED,
                        RestartCount.NONE,
                        Optional.of(T),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    /** A guest, and what it was asked last, beside the intent that should say the same. */
    @Test
    void intent_whateverHappens_saysWhatIsTrue() {
        for (long seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            Intent intent = Intent.NONE;
            boolean guest = false;
            boolean waits = false;
            Ask asked = Ask.NOTHING;
            List<String> path = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                int move = random.nextInt(6);
                if (move == 0 && !guest && !waits) {
                    path.add("start");
                    intent = intent.starting(request(Ask.START), LaunchTerms.PLAIN);
                    guest = true;
                    asked = Ask.NOTHING;
                } else if (move == 1 && guest) {
                    Ask ask = List.of(Ask.SHUTDOWN, Ask.REBOOT, Ask.RESET, Ask.DESTROY)
                            .get(random.nextInt(4));
                    path.add("ask " + ask);
                    intent = intent.asked(request(ask));
                    asked = asked == Ask.DESTROY ? asked : ask;
                } else if (move == 2 && guest && asked != Ask.DESTROY) {
                    path.add("ends, and restarts");
                    intent = intent.again(END, Optional.empty(), T, new RestartCount(i, i));
                    guest = false;
                    waits = true;
                } else if (move == 3 && guest) {
                    path.add("ends");
                    intent = intent.stopped(END);
                    guest = false;
                } else if (move == 4 && waits) {
                    path.add("launches");
                    intent = intent.launching(T);
                    guest = true;
                    waits = false;
                    asked = Ask.NOTHING;
                } else if (move == 5 && waits) {
                    path.add("destroyed while it waits");
                    intent = intent.asked(request(Ask.DESTROY)).stopped(END);
                    waits = false;
                }
                String where = "seed %d: %s gives %s".formatted(seed, path, intent);
                assertEquals(guest ? asked : Ask.NOTHING, intent.pending(), where);
                assertEquals(waits, intent.waits(), where);
                boolean off = asked == Ask.DESTROY || asked == Ask.SHUTDOWN;
                assertEquals(waits || guest && !off, intent.wantsRun(), where);
                assertEquals(!path.isEmpty() && !guest, intent.isSettled(), where);
                assertEquals(intent, Samples.read(Samples.write(intent)), where);
            }
        }
    }

    private static RestartPolicy policy(String name) {
        return switch (name) {
            case "no" -> new RestartPolicy.No();
            case "always" -> new RestartPolicy.Always();
            case "unless-stopped" -> new RestartPolicy.UnlessStopped();
            case "on-failure" -> new RestartPolicy.OnFailure(0);
            default -> RestartPolicy.AS_DEFINED;
        };
    }

    private static Request request(Ask ask) {
        return Request.of(ask, By.CLIENT, T, "boot");
    }
}
