package io.fairlead.linux.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Runs test classes tagged {@code uml} inside a machine and shows each of their tests as one of ours, so that the usual
 * run of the build fails where one of them does. Use it from a {@code @TestFactory}.
 */
public final class UmlTests {
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private UmlTests() {}

    /** @param scratch an empty folder of the calling test */
    public static Stream<DynamicTest> run(Path scratch, List<String> modules, Class<?>... classes)
            throws IOException, InterruptedException {
        return run(scratch, modules, Stream.of(classes).map(Class::getName).toList());
    }

    private static Stream<DynamicTest> run(Path scratch, List<String> modules, List<String> classes)
            throws IOException, InterruptedException {
        Path report = scratch.toRealPath().resolve("report");
        String command = javaCommand(UmlMain.class, report + " " + String.join(" ", classes));
        try (UmlMachine machine = UmlMachine.boot(scratch, modules, command)) {
            int status = machine.waitFor(LIMIT);
            String console = machine.console();
            List<DynamicTest> tests = new ArrayList<>();
            tests.add(dynamicTest("the machine ran", () -> assertEquals(0, status, console)));
            Files.readAllLines(report).stream().map(UmlTests::shown).forEach(tests::add);
            if (tests.size() == 1) {
                tests.add(dynamicTest("tests ran", () -> fail("no test ran in the machine: " + console)));
            }
            return tests.stream();
        }
    }

    /** A shell command that runs a main class of ours in the machine, with the class path of this process. */
    public static String javaCommand(Class<?> main, String arguments, String... options) {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        // One compiler thread is enough for one CPU; hsperfdata would want a /tmp that can be written.
        return "FAIRLEAD_REQUIRE_HOST=1 exec '%s/bin/java' -XX:-UsePerfData -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx512m -Djava.io.tmpdir=/run/tmp %s -cp '%s' %s %s"
                .formatted(
                        System.getProperty("java.home"),
                        String.join(" ", options),
                        classPath,
                        main.getName(),
                        arguments);
    }

    /** A line of {@link UmlMain}: the test's name, a tab, and nothing or its failure in base64. */
    private static DynamicTest shown(String line) {
        String[] fields = line.split("\t", 2);
        return dynamicTest(fields[0], () -> {
            if (!fields[1].isEmpty()) {
                fail(new String(Base64.getDecoder().decode(fields[1]), java.nio.charset.StandardCharsets.UTF_8));
            }
        });
    }
}
