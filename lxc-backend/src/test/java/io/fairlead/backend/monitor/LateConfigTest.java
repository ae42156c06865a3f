package io.fairlead.backend.monitor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class LateConfigTest {
    private static final byte[] TEXT = "{\"ociVersion\": \"1.0.2\"}".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path directory;

    @Test
    void write_whenAReaderWaits_reachesItAndWhoeverReadsAgain() throws Exception {
        Path file = directory.resolve("config.json");
        CompletableFuture<byte[]> read;
        try (LateConfig config = LateConfig.at(file)) {
            InputStream opened = Files.newInputStream(file);
            read = CompletableFuture.supplyAsync(() -> readAll(opened));
            config.write(TEXT);
        }
        assertArrayEquals(TEXT, read.get());
        assertArrayEquals(TEXT, Files.readAllBytes(file));
    }

    @Test
    void write_whenNobodyReadsYet_leavesAPlainFileWithoutWaiting() throws IOException {
        Path file = directory.resolve("config.json");
        byte[] large = new byte[300_000]; // more than a FIFO's default size
        try (LateConfig config = LateConfig.at(file)) {
            config.write(large);
        }
        assertTrue(Files.isRegularFile(file));
        assertArrayEquals(large, Files.readAllBytes(file));
    }

    @Test
    void close_whenNothingWasWritten_isTheEndForTheReader() throws IOException {
        Path file = directory.resolve("config.json");
        LateConfig config = LateConfig.at(file);
        InputStream opened = Files.newInputStream(file);
        config.close();
        assertEquals(0, readAll(opened).length);
    }

    @Test
    void at_whenTheFileExists_refuses() throws IOException {
        Path file = Files.createFile(directory.resolve("config.json"));
        assertThrows(IOException.class, () -> LateConfig.at(file));
    }

    private static byte[] readAll(InputStream in) {
        try (in) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
