package io.fairlead.daemon.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.daemon.config.DaemonConfig.LogLevel;
import io.fairlead.storage.logical.ThinFileSystem;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DaemonConfigTest {
    private static final Path EXAMPLE = Path.of("../packaging/fairlead.conf");

    @TempDir
    Path folder;

    private DaemonConfig load(String text) throws IOException {
        return DaemonConfig.load(Optional.of(Files.writeString(folder.resolve("fairlead.conf"), text)));
    }

    @Test
    void load_whenEveryKeyIsGiven_readsThemAll() throws IOException {
        DaemonConfig config = load(
                """
                root = /srv/fairlead
                unix_sock_group = "libvirt"
                unix_sock_rw_perms = 0760
                unix_sock_ro_perms = 0775
                max_clients = 20
                keepalive_interval = 7
                keepalive_count = 3
                runtime = /opt/runc
                conmon = /opt/conmon
                console_log_bytes = 10000000
                console_logs_kept = 20
                thin_filesystem = xfs
                trim_interval_hours = 24
                metrics_addr = 127.0.0.1:9323
                log_level = debug
                log_file_bytes = 100000
                log_files = 2
                """);

        assertEquals(
                new DaemonConfig(
                        Optional.of(Path.of("/srv/fairlead")),
                        Optional.of("libvirt"),
                        0760,
                        0775,
                        Optional.empty(),
                        20,
                        Duration.ofSeconds(7),
                        3,
                        Optional.of(Path.of("/opt/runc")),
                        Optional.of(Path.of("/opt/conmon")),
                        10_000_000,
                        20,
                        ThinFileSystem.XFS,
                        Duration.ofDays(1),
                        Optional.of(new InetSocketAddress("127.0.0.1", 9323)),
                        LogLevel.DEBUG,
                        100_000,
                        2),
                config);
    }

    @Test
    void load_whenTlsIsOn_readsItsFilesAndEveryAllowedName() throws IOException {
        TlsConfig tls =
                load("""
                listen_tls = yes
                listen_addr = 127.0.0.1
                tls_port = 0
                ca_file = /ca.pem
                cert_file = /cert.pem
                key_file = /key.pem
                tls_allowed_dn = CN=one,O=Example
                tls_allowed_dn = CN=two*
                """)
                        .tls()
                        .orElseThrow();

        assertEquals(
                new TlsConfig(
                        "127.0.0.1",
                        0,
                        Path.of("/ca.pem"),
                        Path.of("/cert.pem"),
                        Path.of("/key.pem"),
                        true,
                        List.of("CN=one,O=Example", "CN=two*")),
                tls);
    }

    @Test
    void load_whenAGroupIsNamed_letsItWrite() throws IOException {
        assertEquals(0770, load("unix_sock_group = libvirt").socketMode());
        assertEquals(0700, load("").socketMode());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sokcet_group = x         | line 2: unknown key sokcet_group",
                "listen_tls               | line 2: listen_tls (expected: key = value)",
                "listen_tls = maybe       | line 2: listen_tls: maybe (expected: yes or no)",
                "max_clients = 0          | line 2: max_clients: 0 (expected: a number from 1 to 100000)",
                "max_clients = many       | line 2: max_clients: many (expected: a number from 1 to 100000)",
                "unix_sock_rw_perms = 666 | line 2: unix_sock_rw_perms: 666 (expected: an octal mode from 0700 to 0777)",
                "trim_interval_hours = -1 | line 2: trim_interval_hours: -1 (expected: a number from 0 to 8760)",
                "root = srv               | line 2: root: srv (expected: an absolute path)",
                "log_level = loud         | line 2: log_level: loud (expected: one of error, warn, info, debug)"
            })
    void load_whenALineIsWrong_namesTheLineAndWhatIsExpected(String line, String message) {
        ConfigException refusal = assertThrows(ConfigException.class, () -> load("# first\n" + line));

        assertTrue(refusal.getMessage().endsWith(message), refusal.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"max_clients = 1", "root = /a"})
    void load_whenAKeyIsGivenTwice_refuses(String line) {
        ConfigException refusal = assertThrows(ConfigException.class, () -> load(line + "\n" + line));

        assertTrue(refusal.getMessage().contains("line 2"), refusal.getMessage());
        assertTrue(refusal.getMessage().endsWith("is given twice"), refusal.getMessage());
    }

    @Test
    void load_whenNamesAreAllowedButNotAskedFor_refuses() {
        String text = "listen_tls = yes\ntls_no_verify_certificate = yes\ntls_allowed_dn = CN=one";

        assertThrows(ConfigException.class, () -> load(text));
    }

    @Test
    void load_whenTheGivenFileIsMissing_refuses() {
        Optional<Path> missing = Optional.of(folder.resolve("missing"));

        assertThrows(ConfigException.class, () -> DaemonConfig.load(missing));
    }

    @Test
    void example_mentionsEveryKeyThereIs_andNoOther() throws IOException {
        Set<String> mentioned = Pattern.compile("^#([a-z_]+) = ", Pattern.MULTILINE)
                .matcher(Files.readString(EXAMPLE))
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.toCollection(HashSet::new));

        assertEquals(DaemonConfig.KEYS, mentioned);
    }

    @Test
    void example_whenEveryDefaultIsUncommented_isTheDefault() throws IOException {
        String defaults = Files.readString(EXAMPLE)
                .lines()
                .filter(line -> line.matches("#[a-z_]+ = .*"))
                .filter(
                        line ->
                                !line.matches(
                                        "#(root|unix_sock_group|tls_allowed_dn|runtime|conmon|metrics_addr) .*")) // these have no default
                .map(line -> line.substring(1))
                .collect(Collectors.joining("\n"));

        assertEquals(DaemonConfig.defaults(), load(defaults));
    }
}
