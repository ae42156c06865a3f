package io.fairlead.backend.launch;

import io.fairlead.linux.process.Programs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;

/** An instance's configuration with everything below a folder, and a control group of its own. */
public final class TestConfig {
    private TestConfig() {}

    public static BackendConfig in(Path directory, OciRuntime runtime) {
        return new BackendConfig(
                directory.resolve("run"),
                directory.resolve("log"),
                "/fairlead-test-" + UUID.randomUUID().toString().substring(0, 8),
                Programs.find("conmon").orElseThrow(),
                runtime,
                BackendConfig.CONSOLE_LOG_BYTES,
                BackendConfig.CONSOLE_LOGS_KEPT,
                Duration.ofSeconds(20));
    }

    /** @param runtime crun or runc */
    static BackendConfig in(Path directory, String runtime) throws IOException {
        return in(directory, OciRuntime.of(Programs.find(runtime).orElseThrow()));
    }
}
