package io.fairlead.kit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DurableFilesTest {
    /** The two ways to write a file. */
    enum Way {
        WRITE {
            @Override
            void go(Path file, String content) throws IOException {
                FILES.write(file, content.getBytes(StandardCharsets.UTF_8));
            }
        },
        CREATE {
            @Override
            void go(Path file, String content) throws IOException {
                FILES.create(file, content.getBytes(StandardCharsets.UTF_8));
            }
        };

        private static final DurableFiles FILES = new DurableFiles();

        abstract void go(Path file, String content) throws IOException;
    }

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void choose() {
        file = directory.resolve("one.xml");
    }

    @ParameterizedTest
    @EnumSource
    void way_whenTheFileIsNew_makesItForItsOwnerAndNothingElse(Way way) throws IOException {
        way.go(file, "content");
        assertEquals("content", Files.readString(file));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals(List.of(file), entries());
    }

    @ParameterizedTest
    @EnumSource
    void way_whenTheFileExists_replacesIt(Way way) throws IOException {
        Files.writeString(file, "a longer one that was there before");
        way.go(file, "content");
        assertEquals("content", Files.readString(file));
        assertEquals(List.of(file), entries());
    }

    @ParameterizedTest
    @EnumSource
    void way_whenAnEarlierOneWasKilledOnTheWay_takesNothingFromIt(Way way) throws IOException {
        Files.writeString(directory.resolve("one.xml.new"), "the rest of a longer one");
        way.go(file, "content");
        assertEquals("content", Files.readString(file));
        assertEquals(List.of(file), entries());
    }

    @ParameterizedTest
    @EnumSource
    void way_whenTheNameIsTaken_leavesNothingBehind(Way way) throws IOException {
        Files.createDirectories(file.resolve("inner"));
        assertThrows(IOException.class, () -> way.go(file, "content"));
        assertEquals(List.of(file), entries());
    }

    @Test
    void create_whenTheDirectoryIsMissing_saysSo() {
        assertThrows(IOException.class, () -> Way.CREATE.go(directory.resolve("gone/one.xml"), "content"));
    }

    private List<Path> entries() throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.toList();
        }
    }
}
