package io.fairlead.storage.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Short texts as the targets of symbolic links that lead nowhere. A file system keeps such a text in its journal, as it
 * does names. So after a power cut the link is there whole or not at all, and never without the links made before it. A
 * wait for a later change of names is also a wait for the link. The bytes of a file would need a wait of their own.
 */
final class LinkText {
    /** The most bytes of one text; xfs has the least room (XFS_SYMLINK_MAXLEN). */
    static final int BYTES_MAX = 1023;

    private static final String TEMPORARY = ".new";

    private LinkText() {}

    /** Empty if there is none. */
    static Optional<String> read(Path link) throws IOException {
        try {
            return Optional.of(Files.readSymbolicLink(link).toString());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** @throws IOException if the text of that link, or a part of it, is no number */
    static long number(Path link, String text) throws IOException {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IOException("%s is damaged: '%s'".formatted(link, text), e);
        }
    }

    /** Makes or replaces it. @param text not empty */
    static void write(Path link, String text) throws IOException {
        Path temporary = link.resolveSibling(link.getFileName() + TEMPORARY);
        Files.deleteIfExists(temporary); // of a crash
        Files.createSymbolicLink(temporary, Path.of(text));
        Files.move(temporary, link, StandardCopyOption.ATOMIC_MOVE);
    }
}
