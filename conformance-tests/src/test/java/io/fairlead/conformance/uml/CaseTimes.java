package io.fairlead.conformance.uml;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** The duration of each case, to show where a run grows slow. */
final class CaseTimes implements TestExecutionListener {
    private final Map<TestIdentifier, Long> started = new ConcurrentHashMap<>();
    private final Map<TestIdentifier, Duration> took = new ConcurrentHashMap<>();

    @Override
    public void executionStarted(TestIdentifier test) {
        started.put(test, System.nanoTime());
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (test.isTest()) {
            took.put(test, Duration.ofNanos(System.nanoTime() - started.get(test)));
        }
    }

    /** The slowest first, as "seconds id". */
    List<String> slowest(int count) {
        return took.entrySet().stream()
                .sorted(Map.Entry.<TestIdentifier, Duration>comparingByValue().reversed())
                .limit(count)
                .map(entry -> "%.1f s %s".formatted(entry.getValue().toMillis() / 1000.0, name(entry.getKey())))
                .toList();
    }

    private static String name(TestIdentifier test) {
        return test.getUniqueId()
                .replaceAll("\\[engine:[^]]*]/|\\[class:io\\.fairlead\\.conformance\\.|\\([^)]*\\)", "");
    }
}
