package io.fairlead.core.intent;

import io.fairlead.core.backend.GuestExit;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Intents of all kinds, and their file form without checked exceptions. */
final class Samples {
    private static final String LETTERS = "ab <>&'\"\n\t\r\u0000\ufffeäß漢\ud83d\ude00]";

    private Samples() {}

    static String write(Intent intent) {
        return IntentXml.write(intent, null);
    }

    static Intent read(String text) {
        try {
            return IntentXml.read(text).intent();
        } catch (IOException e) {
            throw new AssertionError(text, e);
        }
    }

    static Intent any(Random random) {
        Wish wish = pick(random, Wish.values());
        return new Intent(
                wish,
                maybe(
                        random,
                        new Request(
                                pick(random, Ask.values()),
                                pick(random, Request.By.values()),
                                time(random),
                                text(random).replaceAll("[\u0000\ufffe]", "x"),
                                random.nextBoolean())),
                new LaunchTerms(random.nextBoolean(), random.nextBoolean(), random.nextBoolean(), random.nextBoolean()),
                pick(
                        random,
                        RestartPolicy.AS_DEFINED,
                        new RestartPolicy.No(),
                        new RestartPolicy.Always(),
                        new RestartPolicy.UnlessStopped(),
                        new RestartPolicy.OnFailure(random.nextInt(Integer.MAX_VALUE))),
                new RestartCount(random.nextInt(Integer.MAX_VALUE), random.nextInt(9)),
                wish == Wish.RUN ? maybe(random, time(random)) : Optional.empty(),
                maybe(random, end(random)),
                maybe(random, time(random)),
                maybe(random, time(random)));
    }

    private static LastEnd end(Random random) {
        GuestExit exit = new GuestExit(random.nextInt(257) - 1, time(random), random.nextInt(3));
        List<String> notes =
                random.ints(random.nextInt(4), 0, 9).mapToObj(i -> text(random)).toList();
        return new LastEnd(pick(random, StopReason.values()), maybe(random, exit), time(random), notes);
    }

    private static Instant time(Random random) {
        return Instant.ofEpochSecond(random.nextLong(4_000_000_000L), random.nextInt(1_000_000_000));
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            int at = LETTERS.offsetByCodePoints(0, random.nextInt(LETTERS.codePointCount(0, LETTERS.length())));
            text.appendCodePoint(LETTERS.codePointAt(at));
        }
        return text.toString();
    }

    private static <T> Optional<T> maybe(Random random, T value) {
        return random.nextInt(4) == 0 ? Optional.empty() : Optional.of(value);
    }

    @SafeVarargs
    private static <T> T pick(Random random, T... values) {
        return values[random.nextInt(values.length)];
    }
}
