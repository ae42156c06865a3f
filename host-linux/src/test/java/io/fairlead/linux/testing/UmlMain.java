package io.fairlead.linux.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** The program inside the machine for {@link UmlTests}: arguments are the report file and the test classes. */
final class UmlMain {
    private UmlMain() {}

    public static void main(String... arguments) throws IOException {
        Path report = Files.createFile(Path.of(arguments[0]));
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(Stream.of(arguments)
                        .skip(1)
                        .map(DiscoverySelectors::selectClass)
                        .toList())
                .filters(TagFilter.includeTags("uml"))
                .build();
        LauncherFactory.create().execute(request, new Reporter(report));
        // Without this, a thread that a test left behind would keep the machine on.
        System.exit(0);
    }

    /** One line per test as it ends, so that a machine that dies leaves the results so far. */
    private static final class Reporter implements TestExecutionListener {
        private final Path report;
        private TestPlan plan;

        Reporter(Path report) {
            this.report = report;
        }

        @Override
        public void testPlanExecutionStarted(TestPlan plan) {
            this.plan = plan;
        }

        @Override
        public void executionSkipped(TestIdentifier test, String reason) {
            write(test, "skipped inside the machine: " + reason);
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (test.isTest() || result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
                write(test, result.getThrowable().map(Reporter::text).orElse(""));
            }
        }

        private static String text(Throwable failure) {
            StringWriter text = new StringWriter();
            failure.printStackTrace(new PrintWriter(text));
            return text.toString();
        }

        private void write(TestIdentifier test, String failure) {
            String parent =
                    plan.getParent(test).map(TestIdentifier::getDisplayName).orElse("");
            String encoded = Base64.getEncoder().encodeToString(failure.getBytes(UTF_8));
            String name = (parent + " " + test.getDisplayName()).replaceAll("\\s+", " ");
            try {
                Files.writeString(report, name + "\t" + encoded + "\n", StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
