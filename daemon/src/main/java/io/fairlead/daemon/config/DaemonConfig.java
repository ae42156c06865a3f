package io.fairlead.daemon.config;

import io.fairlead.backend.launch.BackendConfig;
import io.fairlead.daemon.config.ConfigFile.Entry;
import io.fairlead.storage.logical.ThinFileSystem;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * An administrator's settings. {@code packaging/fairlead.conf} explains every key.
 *
 * @param root folder for all files; empty for the system's own folders
 * @param socketGroup group of the sockets; empty for root's
 * @param socketMode permission bits of the sockets that may write
 * @param readOnlySocketMode permission bits of the sockets that may only read
 * @param tls the TLS listener, if there is one
 * @param maxClients connections at once
 * @param keepAliveInterval silence after which a client is asked whether it lives
 * @param keepAliveCount unanswered questions after which it counts as dead
 * @param runtime the OCI runtime's program; empty for the best that is installed
 * @param monitor conmon's program; empty to look for it
 * @param consoleLogBytes size at which a container's console log is rotated
 * @param consoleLogsKept how many console logs of containers that do not run are kept
 * @param thinFileSystem file system for new trees of thin pools
 * @param trimInterval between two trims of the volumes of thin pools; zero for never
 * @param metrics address where Prometheus may fetch metrics; empty for none
 * @param logLevel level of the log file
 * @param logFileBytes size at which the daemon's log file is rotated
 * @param logFiles how many rotated log files are kept
 */
public record DaemonConfig(
        Optional<Path> root,
        Optional<String> socketGroup,
        int socketMode,
        int readOnlySocketMode,
        Optional<TlsConfig> tls,
        int maxClients,
        Duration keepAliveInterval,
        int keepAliveCount,
        Optional<Path> runtime,
        Optional<Path> monitor,
        long consoleLogBytes,
        int consoleLogsKept,
        ThinFileSystem thinFileSystem,
        Duration trimInterval,
        Optional<InetSocketAddress> metrics,
        LogLevel logLevel,
        long logFileBytes,
        int logFiles) {
    public static final Path DEFAULT_FILE = Path.of("/etc/fairlead/fairlead.conf");

    static final Set<String> KEYS = Set.of(
            "root",
            "unix_sock_group",
            "unix_sock_rw_perms",
            "unix_sock_ro_perms",
            "listen_tls",
            "listen_addr",
            "tls_port",
            "ca_file",
            "cert_file",
            "key_file",
            "tls_no_verify_certificate",
            "tls_allowed_dn",
            "max_clients",
            "keepalive_interval",
            "keepalive_count",
            "runtime",
            "conmon",
            "console_log_bytes",
            "console_logs_kept",
            "thin_filesystem",
            "trim_interval_hours",
            "metrics_addr",
            "log_level",
            "log_file_bytes",
            "log_files");

    // libvirtd's defaults: root writes, and so does the group if one is named; all users read.
    private static final int SOCKET_MODE = 0700;
    private static final int GROUP_SOCKET_MODE = 0770;
    private static final int READ_ONLY_SOCKET_MODE = 0777;
    private static final int MAX_CLIENTS = 5000;
    private static final int KEEPALIVE_SECONDS = 5;
    private static final int KEEPALIVE_COUNT = 5;
    private static final int TRIM_INTERVAL_HOURS = 7 * 24;
    private static final int TRIM_INTERVAL_HOURS_MAX = 365 * 24;
    private static final long LOG_FILE_BYTES = 10 << 20;
    private static final int LOG_FILES = 5;

    public enum LogLevel {
        ERROR,
        WARN,
        INFO,
        DEBUG
    }

    public static DaemonConfig defaults() {
        return of(ConfigFile.empty());
    }

    /** The given file, or the usual one if that exists, or the defaults. */
    public static DaemonConfig load(Optional<Path> given) {
        if (given.isEmpty() && !Files.exists(DEFAULT_FILE)) {
            return defaults();
        }
        return of(ConfigFile.read(given.orElse(DEFAULT_FILE), KEYS));
    }

    static DaemonConfig of(ConfigFile file) {
        Optional<String> group = value(file, "unix_sock_group", Entry::value);
        return new DaemonConfig(
                value(file, "root", Values::absolutePath),
                group,
                value(file, "unix_sock_rw_perms", Values::mode)
                        .orElse(group.isPresent() ? GROUP_SOCKET_MODE : SOCKET_MODE),
                value(file, "unix_sock_ro_perms", Values::mode).orElse(READ_ONLY_SOCKET_MODE),
                TlsConfig.of(file),
                value(file, "max_clients", Values.number(1, 100_000)).orElse(MAX_CLIENTS),
                Duration.ofSeconds(value(file, "keepalive_interval", Values.number(1, 3600))
                        .orElse(KEEPALIVE_SECONDS)),
                value(file, "keepalive_count", Values.number(1, 1000)).orElse(KEEPALIVE_COUNT),
                value(file, "runtime", Values::absolutePath),
                value(file, "conmon", Values::absolutePath),
                value(file, "console_log_bytes", Values.number(8 << 20, 1 << 30))
                        .map(Integer::longValue)
                        .orElse(BackendConfig.CONSOLE_LOG_BYTES),
                value(file, "console_logs_kept", Values.number(10, 1_000_000)).orElse(BackendConfig.CONSOLE_LOGS_KEPT),
                value(file, "thin_filesystem", Values.oneOf(ThinFileSystem.class))
                        .orElse(ThinFileSystem.EXT4),
                Duration.ofHours(value(file, "trim_interval_hours", Values.number(0, TRIM_INTERVAL_HOURS_MAX))
                        .orElse(TRIM_INTERVAL_HOURS)),
                value(file, "metrics_addr", Values::address),
                value(file, "log_level", Values.oneOf(LogLevel.class)).orElse(LogLevel.INFO),
                value(file, "log_file_bytes", Values.number(64 << 10, 1 << 30))
                        .map(Integer::longValue)
                        .orElse(LOG_FILE_BYTES),
                value(file, "log_files", Values.number(1, 100)).orElse(LOG_FILES));
    }

    static <T> Optional<T> value(ConfigFile file, String key, Function<Entry, T> read) {
        return Optional.ofNullable(file.one(key)).map(read);
    }

    static List<String> list(ConfigFile file, String key) {
        return file.all(key).stream().map(Entry::value).toList();
    }

    public DaemonConfig withRoot(Path folder) {
        return new DaemonConfig(
                Optional.of(folder),
                socketGroup,
                socketMode,
                readOnlySocketMode,
                tls,
                maxClients,
                keepAliveInterval,
                keepAliveCount,
                runtime,
                monitor,
                consoleLogBytes,
                consoleLogsKept,
                thinFileSystem,
                trimInterval,
                metrics,
                logLevel,
                logFileBytes,
                logFiles);
    }
}
