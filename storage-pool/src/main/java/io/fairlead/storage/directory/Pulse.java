package io.fairlead.storage.directory;

import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.thread.DaemonThreads;
import io.fairlead.storage.driver.PoolUsage;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Asks a question that may go unanswered for hours. One thread at a time asks it for all callers. No caller waits
 * longer than the patience, counted from the moment of the question. While the answer is overdue, later callers do not
 * wait at all.
 */
final class Pulse {
    private record Asked(CompletableFuture<PoolUsage> answer, long nanos) {}

    private final Supplier<PoolUsage> question;
    private final Duration patience;
    private Asked last; // guarded by this

    Pulse(Supplier<PoolUsage> question, Duration patience) {
        this.question = question;
        this.patience = patience;
    }

    /** @return the answer, or empty when there is none in time. @throws EngineException the question's own */
    Optional<PoolUsage> answer() {
        return answer(Duration.ZERO);
    }

    /** @param age how old an answer may be */
    Optional<PoolUsage> answer(Duration age) {
        Asked asked = asked(age);
        long left = asked.nanos + patience.toNanos() - System.nanoTime();
        try {
            return Optional.of(asked.answer.get(Math.max(0, left), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof EngineException refused) {
                throw refused;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private synchronized Asked asked(Duration age) {
        boolean open = last != null && !last.answer.isDone();
        if (!open && (last == null || last.answer.isCompletedExceptionally() || isOlder(age))) {
            last = ask();
        }
        return last;
    }

    private boolean isOlder(Duration age) {
        return System.nanoTime() - last.nanos >= age.toNanos();
    }

    private Asked ask() {
        CompletableFuture<PoolUsage> answer = new CompletableFuture<>();
        Runnable asking = () -> {
            try {
                answer.complete(question.get());
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        };
        DaemonThreads.named("fairlead-pulse", asking).start();
        return new Asked(answer, System.nanoTime());
    }
}
