package io.fairlead.storage.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ImageProbeTest {
    private final ByteBuffer file = ByteBuffer.allocate(128 << 10);

    private Optional<ImageFacts> probe() throws IOException {
        return ImageProbe.probe((at, into) -> {
            if (at < 0) {
                throw new IOException("asked for byte " + at);
            }
            if (at >= file.limit()) {
                return 0;
            }
            int count = (int) Math.min(into.remaining(), file.limit() - at);
            into.put(file.duplicate().limit((int) at + count).position((int) at));
            return count;
        });
    }

    private void qcow2(int version) {
        file.putInt(0, 0x514649fb)
                .putInt(4, version)
                .putInt(20, 16)
                .putLong(24, 4 << 20)
                .putInt(100, 104);
    }

    private void backing(long at, String path) {
        file.putLong(8, at).putInt(16, path.length());
        file.put((int) at, path.getBytes(UTF_8));
    }

    private void format(int at, String name) {
        file.putInt(at, 0xE2792ACA).putInt(at + 4, name.length()).put(at + 8, name.getBytes(UTF_8));
    }

    @Test
    void probe_ofWhatIsNoImage_isEmpty() throws IOException {
        assertEquals(Optional.empty(), probe());
        qcow2(2);
        file.limit(300);
        assertEquals(Optional.empty(), probe());
    }

    @Test
    void probe_ofQcow2_readsWhatItSays() throws IOException {
        qcow2(3);
        file.putLong(80, 1); // lazy refcounts
        format(104, "qcow2");
        backing(512, "base");
        ImageFacts facts = probe().orElseThrow();
        assertEquals(
                new ImageFacts(
                        "qcow2",
                        4 << 20,
                        true,
                        true,
                        64 << 10,
                        false,
                        false,
                        Optional.of(new ImageFacts.Backing("base", "qcow2"))),
                facts);
    }

    @Test
    void probe_ofABackingStoreWithoutAFormat_doesNotGuessOne() throws IOException {
        qcow2(2);
        backing(100 << 10, "/etc/shadow"); // behind what is read of the header
        assertEquals(
                Optional.of(new ImageFacts.Backing("/etc/shadow", "raw")),
                probe().orElseThrow().backing());
    }

    @Test
    void probe_ofAnImageWhoseContentLiesElsewhere_saysSo() throws IOException {
        qcow2(3);
        file.putLong(72, 4);
        assertTrue(probe().orElseThrow().elsewhere());
        file.clear().putInt(0, 0x4b444d56).putInt(4, 0x01000000).putLong(12, 0);
        assertTrue(probe().orElseThrow().elsewhere());
    }

    @Test
    void probe_ofVmdkVpcVdiQedAndACd_findsTheirSizes() throws IOException {
        file.order(ByteOrder.LITTLE_ENDIAN).putLong(12, 8192);
        file.order(ByteOrder.BIG_ENDIAN).putInt(0, 0x4b444d56);
        file.put(512, "# Disk DescriptorFile\nparentFileNameHint=\"/p/up\"\n".getBytes(UTF_8));
        assertEquals(4 << 20, probe().orElseThrow().capacityBytes());
        assertEquals(
                Optional.of(new ImageFacts.Backing("/p/up", "vmdk")),
                probe().orElseThrow().backing());
        file.putLong(0, 0x636f6e6563746978L).putLong(40, 5 << 20);
        assertEquals(ImageFacts.plain("vpc", 5 << 20), probe().orElseThrow());
        file.putLong(0, 0)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0x40, 0xbeda107f)
                .putInt(0x44, 0x10001);
        file.putLong(368, 6 << 20).order(ByteOrder.BIG_ENDIAN);
        assertEquals(ImageFacts.plain("vdi", 6 << 20), probe().orElseThrow());
        file.putInt(0, 0x51454400)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(48, 7 << 20)
                .order(ByteOrder.BIG_ENDIAN);
        assertEquals(ImageFacts.plain("qed", 7 << 20), probe().orElseThrow());
        file.putInt(0, 0).putInt(0x40, 0).put(0x8001, "CD001".getBytes(UTF_8));
        assertEquals("iso", probe().orElseThrow().format());
    }

    @Test
    void probe_ofAnyHeader_neitherFailsNorAsksForWhatCannotBe() throws IOException {
        Random random = new Random(3);
        int[] magics = {0x514649fb, 0x51454400, 0x4b444d56, 0x636f6e65};
        byte[] bytes = new byte[4096];
        for (int i = 0; i < 20_000; i++) {
            random.nextBytes(bytes);
            file.put(0, bytes).putInt(0, magics[i % magics.length]);
            if (i % 2 == 0) {
                file.putInt(4, 1 + random.nextInt(3))
                        .putInt(16, random.nextInt(2000))
                        .putInt(20, 9 + random.nextInt(13));
            }
            probe().ifPresent(facts -> {
                assertTrue(facts.capacityBytes() >= 0, facts.toString());
                assertFalse(facts.backing()
                        .filter(below -> below.path().length() > 1023)
                        .isPresent());
            });
        }
    }
}
