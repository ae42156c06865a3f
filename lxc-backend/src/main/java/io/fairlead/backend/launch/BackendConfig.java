package io.fairlead.backend.launch;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Settings of the back end.
 *
 * @param runDirectory everything below it is valid for one boot only, even if the files survive a reboot
 * @param logDirectory console logs, {@code <uuid>/console.log}
 * @param cgroupRoot the instance's own group, such as {@code /fairlead}; only this instance makes groups below it
 * @param conmon the monitor's program
 * @param runtime the OCI runtime
 * @param consoleLogBytes size of a console's log at which a new one is begun
 * @param consoleLogsKept how many console logs of ended guests are kept
 * @param launchLimit time after which a monitor and runtime that have not launched the guest are killed
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

    // The tail of the log must contain a whole scrollback even if every line in it is empty.
    private static final long CONSOLE_LOG_BYTES_MIN = 8L << 20;

    // A guest that is starting counts as ended; its log must be among the latest ones.
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
