package io.fairlead.thin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.thin.ThinPoolException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolFormatTest {
    private static final int SIZE = 4 << 20;

    @TempDir
    private Path folder;

    private Path device(String name, int at, byte[] mark) throws IOException {
        byte[] content = new byte[SIZE];
        Arrays.fill(content, 2 << 20, SIZE, (byte) 7); // what an earlier pool left behind is nobody's
        System.arraycopy(mark, 0, content, at, mark.length);
        return Files.write(folder.resolve(name), content);
    }

    @ParameterizedTest
    @CsvSource({
        "an LVM physical volume, 512, LABELONE",
        "an encrypted volume, 0, LUKSº¾",
        "a GPT partition table, 512, EFI PART",
        "swap space, 4086, SWAPSPACE2",
        "a partition table, 510, Uª",
        "a file system (xfs), 0, XFSB",
        "a file system (btrfs), 65600, _BHRfS_M"
    })
    void format_whenADeviceHoldsSomebodysData_needsTheFlag(String owner, int at, String mark) throws IOException {
        Path data = device("data", at, mark.getBytes(StandardCharsets.ISO_8859_1));
        Path metadata = device("metadata", 0, new byte[0]);
        byte[] before = Files.readAllBytes(data);

        ThinPoolException refusal =
                assertThrows(ThinPoolException.class, () -> PoolFormat.format(List.of(data, metadata), false));

        assertEquals(Reason.NOT_OURS, refusal.reason());
        assertTrue(refusal.getMessage().contains(owner), refusal.getMessage());
        assertArrayEquals(before, Files.readAllBytes(data));
        PoolFormat.format(List.of(data, metadata), true);
        assertEquals(Optional.empty(), BlockContent.owner(data));
        assertTrue(BlockContent.isZero(data, 0, 1 << 20));
    }

    @Test
    void owner_ofThinMetadata_isNamed() throws IOException {
        byte[] magic = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(27022010)
                .array();

        assertEquals(Optional.of("a thin pool's metadata"), BlockContent.owner(device("meta", 32, magic)));
    }

    @Test
    void format_whenThereIsNoSuchDevice_saysSo() {
        ThinPoolException failure =
                assertThrows(ThinPoolException.class, () -> PoolFormat.format(List.of(folder.resolve("none")), true));

        assertEquals(Reason.IO, failure.reason());
        assertTrue(failure.getMessage().contains("ENOENT"), failure.getMessage());
    }
}
