package io.fairlead.core.intent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.fairlead.core.testing.Documents;
import java.io.IOException;
import java.time.DateTimeException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.provider.MethodSource;

/** Any content of an intent's file, or of a former daemon's record of an end. */
class IntentFuzzTest {
    @MethodSource("files")
    @FuzzTest
    void read_whenAFileHoldsAnything_isRefusedOrComesBackTheSame(byte[] input) {
        StoredIntent stored;
        try {
            stored = IntentXml.read(new String(input, UTF_8));
        } catch (IOException damaged) {
            return;
        }
        try {
            assertEquals(
                    stored.intent(),
                    IntentXml.read(IntentXml.write(
                                    stored.intent(), stored.definition().orElse(null)))
                            .intent());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @MethodSource("formerFiles")
    @FuzzTest
    void formerEnd_whenItHoldsAnything_isRefusedOrAnIntent(byte[] input) {
        try {
            Intent intent = FormerEnds.intent(new String(input, UTF_8));
            assertEquals(intent, Samples.read(Samples.write(intent)));
        } catch (IOException | IllegalArgumentException | DateTimeException damaged) {
            // refused
        }
    }

    static List<byte[]> files() {
        Random random = new Random(1);
        return List.of(
                Samples.write(Samples.any(random)).getBytes(UTF_8),
                Samples.write(Samples.any(random)).getBytes(UTF_8),
                IntentXml.write(Samples.any(random), Documents.named("c1")).getBytes(UTF_8));
    }

    static List<byte[]> formerFiles() {
        return List.of("reason=CRASHED\nstatus=3\nat=2026-01-01T00\\:00\\:00Z\nmessages=one\\ntwo\n".getBytes(UTF_8));
    }
}
