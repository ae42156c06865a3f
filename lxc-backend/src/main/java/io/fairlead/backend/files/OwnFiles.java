package io.fairlead.backend.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Files and folders of the run directory. They tell what a guest was started with, secrets included, and are nobody else's to
 * read.
 */
public final class OwnFiles {
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");
    /** The root of a user namespace passes on its way to a root tree that is mounted below. */
    private static final Set<PosixFilePermission> PASSAGE = PosixFilePermissions.fromString("rwx--x--x");

    private OwnFiles() {}

    /** Whole or not at all. Without fsync: after a power cut nothing of it counts any more. */
    public static void write(Path file, byte[] content) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        FileAttribute<?> mode = PosixFilePermissions.asFileAttribute(FILE);
        try (FileChannel channel =
                FileChannel.open(fresh, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mode)) {
            ByteBuffer left = ByteBuffer.wrap(content);
            while (left.hasRemaining()) {
                channel.write(left);
            }
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** A folder that is not there yet, in one that anybody may pass but not list. */
    public static void makeFolder(Path folder) throws IOException {
        makePassage(folder.getParent());
        Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(FOLDER));
    }

    /** A folder that anybody may pass, but not list; also one that an earlier version left open. */
    public static void makePassage(Path folder) throws IOException {
        Files.createDirectories(folder);
        if (!Files.getPosixFilePermissions(folder).equals(PASSAGE)) {
            Files.setPosixFilePermissions(folder, PASSAGE);
        }
    }

    /** Closes what an earlier version left open; does nothing if it is not there. */
    public static void close(Path file) throws IOException {
        try {
            Files.setPosixFilePermissions(file, FILE);
        } catch (NoSuchFileException e) {
            // It was never written.
        }
    }
}
