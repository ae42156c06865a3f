package io.fairlead.core.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.core.backend.GuestExit;
import io.fairlead.core.domain.Life.Asked;
import io.fairlead.core.testing.Documents;
import io.fairlead.xml.domain.DomainDocument;
import io.fairlead.xml.domain.model.LifecycleEvent;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitVerdictTest {
    @ParameterizedTest
    @CsvSource({
        "NOTHING,  0,   POWEROFF, SHUTDOWN,  false",
        "NOTHING,  130, POWEROFF, SHUTDOWN,  false",
        "NOTHING,  129, REBOOT,   SHUTDOWN,  true",
        "NOTHING,  3,   CRASH,    CRASHED,   false",
        "NOTHING,  137, CRASH,    CRASHED,   false",
        "NOTHING,  -1,  CRASH,    FAILED,    false",
        "SHUTDOWN, 0,   POWEROFF, SHUTDOWN,  false",
        "SHUTDOWN, 143, POWEROFF, SHUTDOWN,  false",
        "SHUTDOWN, 129, REBOOT,   SHUTDOWN,  true",
        "REBOOT,   0,   REBOOT,   SHUTDOWN,  true",
        "REBOOT,   143, REBOOT,   SHUTDOWN,  true",
        "RESET,    137,         , DESTROYED, true",
        "DESTROY,  137,         , DESTROYED, false",
        "DESTROY,  129,         , DESTROYED, false",
    })
    void verdict_whenTheDefinitionHasDefaults_isLibvirts(
            Asked asked, int status, LifecycleEvent kind, StopReason reason, boolean restart) {
        ExitVerdict verdict = ExitVerdict.of(exit(status), asked, Documents.named("c1"));
        assertEquals(kind, verdict.kind());
        assertEquals(reason, verdict.reason());
        assertEquals(restart, verdict.restart());
    }

    @ParameterizedTest
    @CsvSource({
        "on_poweroff, 0,   restart,          true,  1",
        "on_reboot,   129, destroy,          false, 1",
        "on_crash,    3,   restart,          true,  1",
        "on_reboot,   129, rename-restart,   true,  2",
        "on_poweroff, 0,   preserve,         false, 2",
        "on_crash,    3,   preserve,         false, 2",
        "on_crash,    3,   coredump-destroy, false, 2",
        "on_crash,    3,   coredump-restart, true,  2",
    })
    void verdict_whenTheDefinitionSaysWhatToDo_followsItAsFarAsItGoes(
            String element, int status, String action, boolean restart, int messages) {
        DomainDocument definition = Documents.with("c1", element, action);
        ExitVerdict verdict = ExitVerdict.of(exit(status), Asked.NOTHING, definition);
        assertEquals(restart, verdict.restart());
        assertEquals(messages, verdict.messages().size(), verdict.messages().toString());
    }

    @ParameterizedTest
    @CsvSource({
        "3,   init exited with status 3",
        "137, init was killed by signal 9 (KILL)",
        "143, init was killed by signal 15 (TERM)",
        "162, init was killed by signal 34 (RT2)",
        "255, init exited with status 255",
        "129, init rebooted",
        "130, init powered off",
        "-1,  how init ended could not be learned",
    })
    void description_whenInitEnds_saysHow(int status, String text) {
        assertEquals(text, ExitVerdict.describe(exit(status)));
    }

    @Test
    void messages_whenAnActionCannotBeDoneWhole_nameIt() {
        ExitVerdict verdict = ExitVerdict.of(exit(3), Asked.NOTHING, Documents.with("c1", "on_crash", "preserve"));
        assertTrue(
                verdict.messages().get(1).contains("'preserve'"),
                verdict.messages().toString());
    }

    private static GuestExit exit(int status) {
        return new GuestExit(status, Instant.EPOCH);
    }
}
