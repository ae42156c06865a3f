package io.fairlead.thin;

import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** Records with damaged or missing bytes are read, or refused as damaged; nothing else happens to the daemon. */
class ThinRecordsFuzzTest {
    @TempDir
    static Path folder;

    private static byte[] whole;

    /**
     * An input is the number of KiB that are there, 0 for all, then damage: two bytes for a place, one to be put there.
     */
    @MethodSource("damages")
    @FuzzTest
    void open_whenTheFileIsDamaged_readsOrRefuses(byte[] input) throws IOException {
        Path file = folder.resolve("pool.db");
        Files.write(file, damaged(ByteBuffer.wrap(input)));
        for (String behind : List.of("-wal", "-shm", "-journal")) {
            Files.deleteIfExists(folder.resolve("pool.db" + behind));
        }
        try (SqliteThinRecords records = new SqliteThinRecords(file)) {
            records.devices(); // a value of ours, or it is damaged
            records.counters();
            records.put(new ThinDevice("new", 9, 4096, null, "", ThinDevice.Stage.CREATED, ThinRole.VOLUME));
        } catch (ThinPoolException refusal) {
            assertFalse(refusal.getMessage().isBlank());
        }
    }

    private static byte[] damaged(ByteBuffer in) throws IOException {
        byte[] file = whole().clone();
        if (!in.hasRemaining()) {
            return file;
        }
        int kib = in.get() & 0xff;
        while (in.remaining() >= 3) {
            file[(in.getShort() & 0xffff) % file.length] = in.get();
        }
        return kib == 0 ? file : java.util.Arrays.copyOf(file, Math.min(file.length, kib * 1024));
    }

    private static byte[] whole() throws IOException {
        if (whole == null) {
            Path file = folder.resolve("whole.db");
            try (SqliteThinRecords records = new SqliteThinRecords(file)) {
                records.setIdentity("8f1f2c54-4c2e-4a6b-9d53-2f0a6f1b7c00");
                for (int id = 1; id < 4; id++) {
                    records.put(new ThinDevice(
                            "v" + id, id, 1 << 20, "base", "ext4", ThinDevice.Stage.CREATED, ThinRole.VOLUME));
                }
            }
            whole = Files.readAllBytes(file);
        }
        return whole;
    }

    static List<byte[]> damages() throws IOException {
        int stage = new String(whole(), java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("CREATED");
        return List.of(new byte[] {0}, new byte[] {1}, new byte[] {5}, new byte[] {0, 0, 18, 9}, new byte[] {
            0, (byte) (stage >> 8), (byte) stage, 'X'
        });
    }
}
