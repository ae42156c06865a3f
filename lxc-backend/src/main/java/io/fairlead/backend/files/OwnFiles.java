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
 * Files and folders of the run directory. They contain a guest's settings, including secrets, so no other user may read
 * them.
 */
public final class OwnFiles {
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");
    /** The root of a user namespace must pass the folder to reach a root tree that is mounted below. */
    private static final Set<PosixFilePermission> PASSAGE = PosixFilePermissions.fromString("rwx--x--x");

    private OwnFiles() {}

    /** Writes a file whole or not at all. Without fsync: after a power cut the file is no longer needed. */
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

    /** Makes a new folder below one that all users may pass but not list. */
    public static void makeFolder(Path folder) throws IOException {
        makePassage(folder.getParent());
        Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(FOLDER));
    }

    /** Makes a folder that all users may pass but not list, or closes one that an earlier version left open. */
    public static void makePassage(Path folder) throws IOException {
        Files.createDirectories(folder);
        if (!Files.getPosixFilePermissions(folder).equals(PASSAGE)) {
            Files.setPosixFilePermissions(folder, PASSAGE);
        }
    }

    /** Takes other users' access from a file that an earlier version left open; does nothing if it does not exist. */
    public static void close(Path file) throws IOException {
        try {
            Files.setPosixFilePermissions(file, FILE);
        } catch (NoSuchFileException e) {
            // The file was never written.
        }
    }
}
