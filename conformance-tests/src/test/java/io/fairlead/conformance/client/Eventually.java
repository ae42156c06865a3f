package io.fairlead.conformance.client;

import java.time.Duration;
import java.util.function.Supplier;

/** Waits for a condition that comes true a little later; if it does not, fails with the last observation. */
public final class Eventually {
    private Eventually() {}

    public static void until(String what, Duration limit, Supplier<Boolean> holds) {
        see(what, limit, () -> "", ignored -> holds.get());
    }

    /** Asks again and again until the answer is good, and returns it. */
    public static <T> T see(String what, Duration limit, Supplier<T> question, java.util.function.Predicate<T> good) {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            T answer = question.get();
            if (good.test(answer)) {
                return answer;
            }
            if (System.nanoTime() > end) {
                throw new AssertionError("not within %s: %s; last seen: %s".formatted(limit, what, answer));
            }
            sleep(Duration.ofMillis(20));
        }
    }

    public static void sleep(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting", e);
        }
    }
}
