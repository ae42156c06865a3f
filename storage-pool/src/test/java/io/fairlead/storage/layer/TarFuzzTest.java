package io.fairlead.storage.layer;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.provider.MethodSource;

/** Any archive: its entries are possible and their data are there, or it is refused with a message. */
class TarFuzzTest {
    @MethodSource("archives")
    @FuzzTest
    void next_ofAnyArchive_givesPossibleEntriesOrRefuses(byte[] archive) throws IOException {
        TarReader reader = new TarReader(new ByteArrayInputStream(archive));
        long told = 0;
        try {
            Optional<TarEntry> next = reader.next();
            while (next.isPresent()) {
                TarEntry entry = next.get();
                assertTrue(entry.path().indexOf('\0') < 0 && entry.linkTarget().indexOf('\0') < 0);
                assertTrue((entry.mode() & ~07777) == 0, entry.toString());
                assertTrue(entry.user() != -1 && entry.group() != -1, entry.toString());
                long end = 0;
                for (TarEntry.Extent extent : entry.data()) {
                    assertTrue(extent.at() >= end && extent.bytes() > 0, entry.toString());
                    end = extent.at() + extent.bytes();
                    told += extent.bytes();
                }
                assertTrue(end <= entry.sizeBytes() || entry.data().isEmpty(), entry.toString());
                assertTrue(reader.read(new byte[100], 100) <= 100);
                next = reader.next();
            }
            assertTrue(told <= archive.length, "more data were told than the archive has");
        } catch (TarException refusal) {
            assertFalse(refusal.getMessage().isBlank());
        }
    }

    static List<byte[]> archives() {
        return List.of(
                new TarBuilder()
                        .folder("d/")
                        .file("d/f", "content")
                        .link("l", "d/f")
                        .hardLink("h", "d/f")
                        .fifo("p")
                        .characterDevice("c", 1, 3)
                        .bytes(),
                new TarBuilder()
                        .pax("path", "p".repeat(200))
                        .pax("mtime", "-1.5")
                        .pax("SCHILY.xattr.user.a", "v")
                        .file("x", "content")
                        .file("n".repeat(150), "content")
                        .bytes(),
                new TarBuilder()
                        .pax("GNU.sparse.major", "1")
                        .pax("GNU.sparse.minor", "0")
                        .pax("GNU.sparse.realsize", "10000")
                        .pax("GNU.sparse.name", "sparse")
                        .file("x", "1\n100\n7\n" + "\0".repeat(504) + "content")
                        .bytes(),
                new TarBuilder()
                        .pax("GNU.sparse.map", "0,3,100,4")
                        .pax("GNU.sparse.size", "104")
                        .file("x", "content")
                        .bytes());
    }
}
