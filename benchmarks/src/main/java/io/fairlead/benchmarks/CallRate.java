package io.fairlead.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Measures trivial calls per second over a number of connections, each with one call at a time. */
final class CallRate {
    private CallRate() {}

    static double measure(Path socket, int connections, Duration time) throws IOException {
        ExecutorService threads = Executors.newFixedThreadPool(connections);
        try {
            long end = System.nanoTime() + time.toNanos();
            List<Future<Long>> counts = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                counts.add(threads.submit(() -> callUntil(socket, end)));
            }
            long total = 0;
            for (Future<Long> count : counts) {
                total += count.get();
            }
            return total / (time.toMillis() / 1000.0);
        } catch (ExecutionException e) {
            throw new IOException("call", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            threads.shutdownNow();
        }
    }

    private static long callUntil(Path socket, long end) throws IOException {
        long count = 0;
        try (RawCaller caller = new RawCaller(socket)) {
            while (System.nanoTime() < end) {
                caller.callVersion();
                count++;
            }
        }
        return count;
    }
}
