package io.fairlead.storage.layer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.linux.process.Command;
import io.fairlead.linux.testing.NeedsHost;
import io.fairlead.storage.layer.TarEntry.Extent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarReaderTest {
    @TempDir
    private Path scratch;

    private static List<TarEntry> entries(InputStream tar) throws IOException {
        List<TarEntry> found = new ArrayList<>();
        TarReader reader = new TarReader(tar);
        Optional<TarEntry> next = reader.next();
        while (next.isPresent()) {
            found.add(next.get());
            next = reader.next();
        }
        return found;
    }

    private static TarEntry only(TarBuilder tar) throws IOException {
        List<TarEntry> found = entries(tar.stream());
        assertEquals(1, found.size());
        return found.get(0);
    }

    /** As GNU tar writes the same files in each of its formats. */
    @NeedsHost(programs = "tar")
    @ParameterizedTest
    @ValueSource(strings = {"v7", "ustar", "oldgnu", "gnu", "posix"})
    void next_ofGnuTarsArchives_findsTheSameFiles(String format) throws IOException {
        Path tree = Files.createDirectories(scratch.resolve("tree"));
        String name = format.equals("v7") ? "folder" : "long-".repeat(15);
        Files.writeString(Files.createDirectories(tree.resolve(name)).resolve("file"), "content");
        Files.createLink(tree.resolve("second"), tree.resolve(name).resolve("file"));
        Files.createSymbolicLink(tree.resolve("link"), Path.of("to/nowhere"));
        Files.setLastModifiedTime(
                tree.resolve(name).resolve("file"), java.nio.file.attribute.FileTime.from(Instant.ofEpochSecond(77)));
        Path archive = scratch.resolve("archive");
        String[] command = {
            "tar",
            "--format=" + format,
            "--sort=name",
            "--owner=:12",
            "--group=:13",
            "-C",
            tree.toString(),
            "-cf",
            archive.toString(),
            "."
        };
        Command.of(command).run().orThrow();

        Map<String, TarEntry> found = new HashMap<>();
        try (InputStream in = Files.newInputStream(archive)) {
            entries(in).forEach(entry -> found.put(entry.path(), entry));
        }

        TarEntry file = found.get("./" + name + "/file");
        assertEquals(TarEntry.Type.FILE, file.type());
        assertEquals(7, file.sizeBytes());
        assertEquals(Instant.ofEpochSecond(77), file.modified());
        assertEquals(List.of(12, 13), List.of(file.user(), file.group()));
        assertEquals(TarEntry.Type.FOLDER, found.get("./" + name + "/").type());
        assertEquals("to/nowhere", found.get("./link").linkTarget());
        assertEquals(TarEntry.Type.HARD_LINK, found.get("./second").type());
        assertEquals("./" + name + "/file", found.get("./second").linkTarget());
        assertEquals(5, found.size());
    }

    @NeedsHost(programs = "tar")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "--format=gnu",
                "--format=posix --sparse-version=0.0",
                "--format=posix --sparse-version=0.1",
                "--format=posix --sparse-version=1.0"
            })
    void read_ofGnuTarsSparseFiles_findsDataAndHoles(String format) throws IOException {
        int parts = 60; // more than the header has room for
        byte[] content = new byte[(2 * parts + 1) * 65536];
        try (RandomAccessFile file =
                new RandomAccessFile(scratch.resolve("sparse").toFile(), "rw")) {
            file.setLength(content.length);
            for (int i = 0; i < parts; i++) {
                byte[] data = "part %d".formatted(i).getBytes(UTF_8);
                System.arraycopy(data, 0, content, (2 * i + 1) * 65536, data.length);
                file.seek((2 * i + 1) * 65536);
                file.write(data);
            }
        }
        Path archive = scratch.resolve("archive");
        List<String> command = new ArrayList<>(List.of("tar", "--sparse"));
        command.addAll(List.of(format.split(" ")));
        command.addAll(List.of("-C", scratch.toString(), "-cf", archive.toString(), "sparse"));
        Command.of(command).run().orThrow();

        byte[] found = new byte[content.length];
        try (InputStream in = Files.newInputStream(archive)) {
            TarReader reader = new TarReader(in);
            TarEntry entry = reader.next().orElseThrow();
            assertEquals("sparse", entry.path());
            assertEquals(content.length, entry.sizeBytes());
            assertTrue(entry.data().size() >= parts, entry.data().size() + " parts");
            for (Extent extent : entry.data()) {
                byte[] data = new byte[(int) extent.bytes()];
                assertEquals(data.length, reader.read(data, data.length));
                System.arraycopy(data, 0, found, (int) extent.at(), data.length);
            }
            assertEquals(Optional.empty(), reader.next());
        }
        assertArrayEquals(content, found);
    }

    @Test
    void next_whenNumbersAreLargeOrNegative_readsThem() throws IOException {
        byte[] header = new byte[512];
        TarBuilder.put(header, 0, 100, "x");
        TarBuilder.put(header, 100, 8, "0000644");
        TarBuilder.put(header, 108, 8, "\u0080\0\0\0\u00ff\u00ff\u00ff\u00f0");
        TarBuilder.put(header, 124, 12, "0");
        TarBuilder.put(header, 136, 12, "\u00ff".repeat(11) + "\u00fe");
        TarBuilder.put(header, 156, 1, "0");

        TarEntry entry = only(new TarBuilder().block(header));

        assertEquals(0xfffffff0, entry.user());
        assertEquals(Instant.ofEpochSecond(-2), entry.modified());
    }

    @Test
    void next_whenExtendedHeadersSayMore_prevailsOverTheOrdinaryOne() throws IOException {
        TarEntry entry = only(new TarBuilder()
                .pax("path", "caf\u00e9/" + "x".repeat(300))
                .pax("linkpath", "to")
                .pax("uid", "70000")
                .pax("mtime", "-1.25")
                .pax("SCHILY.xattr.user.bytes", "\u0080\0=\n")
                .pax("comment", "")
                .link("other", "elsewhere"));

        assertEquals("caf\u00e9/" + "x".repeat(300), entry.path());
        assertEquals("to", entry.linkTarget());
        assertEquals(70_000, entry.user());
        assertEquals(Instant.ofEpochSecond(-2, 750_000_000), entry.modified());
        assertArrayEquals("\u0080\0=\n".getBytes(ISO_8859_1), entry.attributes().get("user.bytes"));
    }

    @Test
    void next_whenAnExtendedHeaderIsDamaged_refuses() {
        for (String records : List.of("x", "5 a=b", "999 a=b\n", "6 ab=\n\n", "0 a=b\n", "7 a=b\n\n\n", "-6 a=b\n")) {
            TarBuilder tar = new TarBuilder()
                    .entry('x', "pax", "", records.getBytes(ISO_8859_1), 0, 0)
                    .file("x", "x");
            assertThrows(TarException.class, () -> entries(tar.stream()), records);
        }
    }

    @Test
    void next_whenAnExtendedHeaderIsEndless_refusesItUnread() {
        byte[] header = new byte[512];
        TarBuilder.put(header, 0, 100, "pax");
        TarBuilder.put(header, 124, 12, "77777777777");
        TarBuilder.put(header, 156, 1, "x");
        TarException refusal = assertThrows(TarException.class, () -> entries(new TarBuilder().block(header).stream()));
        assertTrue(refusal.getMessage().contains("8589934591"), refusal.getMessage());
    }

    @Test
    void next_whenAHeaderIsDamaged_refuses() {
        byte[] tar = new TarBuilder().file("x", "x").bytes();
        tar[3] ^= 1;
        assertThrows(TarException.class, () -> entries(new ByteArrayInputStream(tar)));
    }

    @Test
    void next_whenTheMapOfASparseFileIsImpossible_refuses() {
        for (String map : List.of("0,8", "100,7", "0,4,2,3", "-1,7", "0,9223372036854775807,5,7", "x,7")) {
            TarBuilder tar = new TarBuilder()
                    .pax("GNU.sparse.size", "50")
                    .pax("GNU.sparse.map", map)
                    .file("x", "content");
            assertThrows(TarException.class, () -> entries(tar.stream()), map);
        }
    }
}
