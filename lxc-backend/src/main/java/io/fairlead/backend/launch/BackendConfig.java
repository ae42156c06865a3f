package io.fairlead.backend.launch;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Settings of the back end.
 *
 * @param runDirectory gone with a reboot or not: everything below it counts for one boot only
 * @param logDirectory console logs, {@code <uuid>/console.log}
 * @param cgroupRoot the instance's own group, such as {@code /fairlead}; nobody else makes groups below it
 * @param conmon the monitor's program
 * @param runtime the OCI runtime
 * @param consoleLogBytes how long a console's log grows before a new one is begun
 * @param consoleLogsKept of how many guests that have ended the console's log is kept
 * @param launchLimit how long monitor and runtime may take before they are killed
 */
public record BackendConfig(
        Path runDirectory,
        Path logDirectory,
        String cgroupRoot,
        Path conmon,
        OciRuntime runtime,
        long consoleLogBytes,
        int consoleLogsKept,
        Duration launchLimit) {
    public static final long CONSOLE_LOG_BYTES = 16L << 20;
    public static final int CONSOLE_LOGS_KEPT = 500;
    public static final Duration LAUNCH_LIMIT = Duration.ofSeconds(30);

    // The tail of the log must hold a whole scrollback even if every line in it is empty.
    private static final long CONSOLE_LOG_BYTES_MIN = 8L << 20;

    // What starts at the moment counts as ended, and must be among the latest.
    private static final int CONSOLE_LOGS_KEPT_MIN = 10;

    public BackendConfig {
        if (!runDirectory.isAbsolute() || !logDirectory.isAbsolute()) {
            throw new IllegalArgumentException(
                    "directories: %s, %s (expected: absolute paths)".formatted(runDirectory, logDirectory));
        }
        if (!cgroupRoot.matches("/[^/]+(/[^/]+)*+")) {
            throw new IllegalArgumentException("cgroupRoot: %s (expected: /name)".formatted(cgroupRoot));
        }
        if (consoleLogsKept < CONSOLE_LOGS_KEPT_MIN) {
            throw new IllegalArgumentException(
                    "consoleLogsKept: %d (expected: at least %d)".formatted(consoleLogsKept, CONSOLE_LOGS_KEPT_MIN));
        }
        if (consoleLogBytes < CONSOLE_LOG_BYTES_MIN) {
            throw new IllegalArgumentException(
                    "consoleLogBytes: %d (expected: at least %d)".formatted(consoleLogBytes, CONSOLE_LOG_BYTES_MIN));
        }
    }
}
