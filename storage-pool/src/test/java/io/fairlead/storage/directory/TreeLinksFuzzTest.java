package io.fairlead.storage.directory;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** Any text in the notes of trees: it is read as it was written, or the link is damaged. */
class TreeLinksFuzzTest {
    @TempDir
    static Path folder;

    @MethodSource("texts")
    @FuzzTest
    void links_whenTheySayAnything_areTakenOrDamaged(byte[] input) throws IOException {
        String text = new String(input, StandardCharsets.UTF_8).replace("\0", "");
        if (text.isEmpty() || text.getBytes(StandardCharsets.UTF_8).length > LinkText.BYTES_MAX) {
            return;
        }
        TreeRecord record = new TreeRecord(folder);
        for (String name : List.of("layers", "layers.1", "layers.2", "project", "capacity")) {
            LinkText.write(folder.resolve(name), text);
        }
        try {
            for (String layer : record.layers()) {
                assertTrue(folder.resolve(layer).normalize().getParent().equals(folder), layer);
            }
        } catch (IOException damaged) {
            assertFalse(damaged.getMessage().isBlank());
        }
        refusable(record::project);
        refusable(record::capacityBytes);
        refusable(() -> Layers.Intent.read(folder.resolve("0123456789ab.from"), "0123456789ab", text));
    }

    private interface Look {
        Object at() throws IOException;
    }

    private static void refusable(Look look) {
        try {
            look.at();
        } catch (IOException damaged) {
            assertFalse(damaged.getMessage().isBlank());
        }
    }

    /** A host that serves NFS is not trusted. */
    @MethodSource("exports")
    @FuzzTest
    void exports_whenAHostSaysAnything_areFolders(byte[] input) {
        for (String exported : ExportList.folders(new String(input, StandardCharsets.UTF_8))) {
            assertTrue(exported.startsWith("/"));
        }
    }

    static List<byte[]> texts() {
        return List.of(
                        "0123456789ab:ba9876543210",
                        "0123456789ab:+1",
                        "0123456789ab:+2",
                        "4711 tree",
                        "4711",
                        "../../etc")
                .stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    static List<byte[]> exports() {
        return List.of("/srv/a b (everyone)\n/x *\n", "/" + " ".repeat(100_000) + "a b c\n", "Export list for h:\n")
                .stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }
}
