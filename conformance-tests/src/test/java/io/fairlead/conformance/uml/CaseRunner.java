package io.fairlead.conformance.uml;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Runs test classes inside the other kernel and writes the results: CaseRunner FILE CLASS... */
final class CaseRunner {
    private static final int SLOWEST = 15;

    private CaseRunner() {}

    public static void main(String[] arguments) throws IOException {
        String[] classes = Arrays.copyOfRange(arguments, 1, arguments.length);
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(Arrays.stream(classes).map(name -> selectClass(name)).toList())
                .filters(EngineFilter.includeEngines("junit-jupiter"))
                .build();
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        CaseTimes times = new CaseTimes();
        LauncherFactory.create().execute(request, listener, times);
        TestExecutionSummary summary = listener.getSummary();
        Path report = Path.of(arguments[0]);
        Path part = report.resolveSibling(report.getFileName() + ".part");
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(part, StandardCharsets.UTF_8))) {
            out.printf(
                    "passed %d failed %d%n",
                    summary.getTestsSucceededCount(),
                    summary.getTestsFailedCount() + summary.getContainersFailedCount());
            summary.getFailures().forEach(failure -> {
                out.println(failure.getTestIdentifier().getUniqueId());
                failure.getException().printStackTrace(out);
            });
            out.println("the slowest:");
            times.slowest(SLOWEST).forEach(out::println);
        }
        // The reader outside waits for the whole report.
        Files.move(part, report);
    }
}
