package io.fairlead.conformance;

import io.fairlead.conformance.client.Command;
import io.fairlead.conformance.server.FairleadServer;
import io.fairlead.conformance.server.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** As {@link MountTest}, with runc. */
@OnFairlead
class RuncMountTest {
    private static Path directory;
    private static FairleadServer server;

    @BeforeAll
    static void start() throws IOException {
        directory = Scratch.newDirectory();
        String runc = Command.of("sh", "-c", "command -v runc").run().orFail();
        Path config = Files.writeString(directory.resolve("fairlead.conf"), "runtime = " + runc + "\n");
        server = FairleadServer.start(directory, "--config", config.toString());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void wipe() {
        server.wipe();
    }

    static Stream<Arguments> checks() {
        return Arrays.stream(MountChecks.class.getDeclaredMethods())
                .filter(method -> !method.isSynthetic() && method.getName().contains("_when"))
                .map(java.lang.reflect.Method::getName)
                .sorted(Comparator.naturalOrder())
                .flatMap(name -> Stream.of(Arguments.of(name, false), Arguments.of(name, true)));
    }

    @ParameterizedTest(name = "{0}, mapped: {1}")
    @MethodSource("checks")
    void mounts_whenRuncMakesTheContainer_areTheSame(String check, boolean mapped) throws Throwable {
        try {
            MountChecks.class.getDeclaredMethod(check).invoke(new MountChecks(server, mapped));
        } catch (java.lang.reflect.InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
