package io.fairlead.linux.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppendedFileTest {
    private static final byte[] TEXT = {'t'};

    @TempDir
    private Path directory;

    private Path guest;
    private Path outside;

    @BeforeEach
    void make() throws IOException {
        guest = Files.createDirectory(directory.resolve("guest"));
        outside = Files.createDirectory(directory.resolve("outside"));
        Files.writeString(outside.resolve("file"), "precious");
    }

    private void write(Path path) throws IOException {
        try (AppendedFile file = AppendedFile.open(path, List.of(guest))) {
            file.append(TEXT);
        }
    }

    private void assertRefused(Path path) throws IOException {
        assertThrows(IOException.class, () -> write(path));
        assertEquals("precious", Files.readString(outside.resolve("file")));
    }

    @Test
    void open_whenThereIsNone_makesItForItsOwnerOnly() throws Exception {
        Path path = directory.resolve("new");
        write(path);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
        write(path);
        assertEquals("tt", Files.readString(path));
    }

    @Test
    void open_whenTheFolderIsBehindALinkOfTheHosts_followsIt() throws Exception {
        Files.createSymbolicLink(directory.resolve("way"), outside);
        write(directory.resolve("way/new"));
        assertEquals("t", Files.readString(outside.resolve("new")));
    }

    @Test
    void open_whenAGuestPlantedALink_isRefused() throws Exception {
        Files.createSymbolicLink(guest.resolve("log"), outside.resolve("file"));
        assertRefused(guest.resolve("log"));
    }

    @Test
    void open_whenAGuestPlantedALinkInTheFoldersPlace_isRefused() throws Exception {
        Files.createSymbolicLink(guest.resolve("var"), outside);
        assertRefused(guest.resolve("var/file"));
    }

    @Test
    void open_whenAGuestPlantedASecondName_isRefused() throws Exception {
        Files.createLink(guest.resolve("log"), outside.resolve("file"));
        assertRefused(guest.resolve("log"));
    }

    @Test
    void open_whenALinkLeadsIntoTheGuest_isRefused() throws Exception {
        Files.createSymbolicLink(directory.resolve("way"), guest);
        assertRefused(directory.resolve("way/new"));
    }

    @Test
    void open_whenItIsALinkOutsideOfTheGuest_isRefused() throws Exception {
        Files.createSymbolicLink(directory.resolve("log"), outside.resolve("file"));
        assertRefused(directory.resolve("log"));
    }

    @Test
    void open_whenItIsNoFile_isRefused() throws Exception {
        Files.createDirectory(guest.resolve("log"));
        assertRefused(guest.resolve("log"));
    }

    @Test
    void rotate_whenDoneOften_keepsTheLatest() throws Exception {
        Path path = directory.resolve("log");
        try (AppendedFile file = AppendedFile.open(path, List.of())) {
            for (char text = 'a'; text <= 'e'; text++) {
                file.append(new byte[] {(byte) text});
                file.rotate(3);
            }
        }
        assertEquals("", Files.readString(path));
        assertEquals("e", Files.readString(directory.resolve("log.0")));
        assertEquals("c", Files.readString(directory.resolve("log.2")));
        assertTrue(Files.notExists(directory.resolve("log.3")));
    }
}
