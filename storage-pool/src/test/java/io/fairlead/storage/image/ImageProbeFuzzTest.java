package io.fairlead.storage.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.provider.MethodSource;

/** Any file: raw, or an image of a possible size whose names are short; no place before its start is read. */
class ImageProbeFuzzTest {
    private static final int PATH_MAX = 1023;

    @MethodSource("headers")
    @FuzzTest
    void probe_ofAnyFile_isRawOrAPossibleImage(byte[] file) throws IOException {
        Optional<ImageFacts> found = ImageProbe.probe((at, into) -> {
            assertTrue(at >= 0, () -> "byte " + at + " is asked for");
            int count = (int) Math.max(0, Math.min(into.remaining(), file.length - at));
            into.put(file, count == 0 ? 0 : (int) at, count);
            return count;
        });
        found.ifPresent(facts -> {
            assertTrue(facts.capacityBytes() >= 0, facts.toString());
            assertTrue(facts.clusterBytes() == 0 || Long.bitCount(facts.clusterBytes()) == 1, facts.toString());
            facts.backing().ifPresent(below -> {
                assertTrue(!below.path().isEmpty() && below.path().length() <= PATH_MAX, facts.toString());
                assertTrue(below.format().matches("[a-z0-9]{1,16}"), facts.toString());
            });
            assertEquals(facts.format(), facts.format().strip());
        });
    }

    static List<byte[]> headers() {
        ByteBuffer qcow2 = blank().putInt(0, 0x514649fb)
                .putInt(4, 3)
                .putLong(8, 512)
                .putInt(16, 4)
                .putInt(20, 16)
                .putLong(24, 4 << 20)
                .putInt(100, 104)
                .putInt(104, 0xE2792ACA)
                .putInt(108, 5)
                .put(112, text("qcow2"))
                .put(512, text("base"));
        ByteBuffer qcow = blank().putInt(0, 0x514649fb).putInt(4, 1).putLong(24, 4 << 20);
        ByteBuffer qed = blank().putInt(0, 0x51454400)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(16, 1)
                .putLong(48, 4 << 20)
                .putInt(56, 512)
                .putInt(60, 4)
                .put(512, text("base"));
        ByteBuffer vmdk = blank().putInt(0, 0x4b444d56)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(12, 8192)
                .put(512, text("# Disk DescriptorFile\nparentFileNameHint=\"/p/up\"\n"));
        ByteBuffer vpc = blank().putLong(0, 0x636f6e6563746978L).putLong(40, 4 << 20);
        ByteBuffer vdi = blank().order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0x40, 0xbeda107f)
                .putInt(0x44, 0x10001)
                .putLong(368, 4 << 20);
        return List.of(
                qcow2.array(), qcow.array(), qed.array(), vmdk.array(), vpc.array(), vdi.array(), text("a raw file"));
    }

    private static ByteBuffer blank() {
        return ByteBuffer.allocate(1024);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
