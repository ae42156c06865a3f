package io.fairlead.daemon.config;

import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** A configuration with any content is accepted, or refused with the line number. */
class ConfigFuzzTest {
    @TempDir
    static Path folder;

    @MethodSource("files")
    @FuzzTest
    void read_whenTheFileHoldsAnything_isTakenOrRefused(byte[] input) throws IOException {
        Path file = folder.resolve("fairlead.conf");
        Files.write(file, input);
        try {
            DaemonConfig.load(Optional.of(file));
        } catch (ConfigException refusal) {
            assertFalse(refusal.getMessage().isBlank());
        }
    }

    static List<byte[]> files() throws IOException {
        byte[] example = Files.readAllBytes(Path.of("../packaging/fairlead.conf"));
        String every = new String(example, StandardCharsets.UTF_8).replaceAll("(?m)^#(?=[a-z_]+ = )", "");
        return List.of(
                every.getBytes(StandardCharsets.UTF_8),
                "metrics_addr = [::1]:9\ntls_allowed_dn = a\n".getBytes(StandardCharsets.UTF_8),
                "root = /a\0b\n".getBytes(StandardCharsets.UTF_8),
                new byte[] {'r', (byte) 0xff, '=', '\n'});
    }
}
