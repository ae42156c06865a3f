package io.fairlead.core.life;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.core.backend.GuestExit;
import io.fairlead.core.intent.Ask;
import io.fairlead.core.intent.ExitWords;
import io.fairlead.core.intent.Intent;
import io.fairlead.core.intent.LaunchTerms;
import io.fairlead.core.intent.Request;
import io.fairlead.core.intent.RestartCount;
import io.fairlead.core.intent.RestartPolicy;
import io.fairlead.core.intent.StopReason;
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
        "HALT,     137,         , FROM_SNAPSHOT, false",
        "REVERT,   137,         , FROM_SNAPSHOT, false",
    })
    void verdict_whenTheDefinitionHasDefaults_isLibvirts(
            Ask asked, int status, LifecycleEvent kind, StopReason reason, boolean restart) {
        ExitVerdict verdict = ExitVerdict.of(exit(status), intent(asked), Documents.named("c1"));
        assertEquals(kind, verdict.kind());
        assertEquals(reason, verdict.end().reason());
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
        ExitVerdict verdict = ExitVerdict.of(exit(status), intent(Ask.NOTHING), definition);
        assertEquals(restart, verdict.restart());
        assertEquals(
                messages,
                verdict.end().messages().size(),
                verdict.end().messages().toString());
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
        assertEquals(text, ExitWords.of(exit(status)));
    }

    @Test
    void messages_whenAnActionCannotBeDoneWhole_nameIt() {
        ExitVerdict verdict =
                ExitVerdict.of(exit(3), intent(Ask.NOTHING), Documents.with("c1", "on_crash", "preserve"));
        assertTrue(
                verdict.end().messages().get(1).contains("'preserve'"),
                verdict.end().messages().toString());
    }

    @ParameterizedTest
    @CsvSource({
        "no,             NOTHING,  0,   0, false",
        "no,             NOTHING,  3,   0, false",
        "no,             NOTHING,  129, 0, false",
        "no,             REBOOT,   143, 0, true",
        "no,             RESET,    137, 0, true",
        "always,         NOTHING,  0,   0, true",
        "always,         NOTHING,  130, 9, true",
        "always,         SHUTDOWN, 0,   0, false",
        "always,         SHUTDOWN, 129, 0, false",
        "always,         DESTROY,  137, 0, false",
        "always,         REBOOT,   0,   0, true",
        "unless-stopped, NOTHING,  0,   0, true",
        "unless-stopped, NOTHING,  -1,  0, true",
        "unless-stopped, SHUTDOWN, 143, 0, false",
        "unless-stopped, HALT,     137, 0, false",
        "on-failure,     NOTHING,  0,   0, false",
        "on-failure,     NOTHING,  1,   0, true",
        "on-failure,     NOTHING,  1,   2, true",
        "on-failure,     NOTHING,  1,   3, false",
        "on-failure,     NOTHING,  -1,  0, true",
        "on-failure,     NOTHING,  130, 0, true",
        "on-failure,     SHUTDOWN, 1,   0, false",
        "on-failure,     RESET,    137, 3, true",
    })
    void verdict_whenThereIsAPolicy_followsThatAndRequestsBeforeIt(
            String name, Ask asked, int status, int restarts, boolean restart) {
        RestartPolicy policy =
                switch (name) {
                    case "no" -> new RestartPolicy.No();
                    case "always" -> new RestartPolicy.Always();
                    case "unless-stopped" -> new RestartPolicy.UnlessStopped();
                    default -> new RestartPolicy.OnFailure(3);
                };
        Intent before = intent(asked);
        Intent intent = new Intent(
                before.wish(),
                before.request(),
                before.terms(),
                policy,
                new RestartCount(restarts, 0),
                before.notBefore(),
                before.lastEnd(),
                before.created(),
                before.started());
        // The definition's own actions say the opposite of the policy.
        DomainDocument definition =
                Documents.with("c1", status == 0 ? "on_poweroff" : "on_crash", restart ? "destroy" : "restart");
        assertEquals(restart, ExitVerdict.of(exit(status), intent, definition).restart());
    }

    /** Of a domain that runs, with that request. */
    private static Intent intent(Ask asked) {
        Intent runs = Intent.NONE.starting(
                Request.of(Ask.START, Request.By.CLIENT, Instant.EPOCH, "boot"), LaunchTerms.PLAIN);
        return asked == Ask.NOTHING ? runs : runs.asked(Request.of(asked, Request.By.CLIENT, Instant.EPOCH, "boot"));
    }

    private static GuestExit exit(int status) {
        return new GuestExit(status, Instant.EPOCH);
    }
}
