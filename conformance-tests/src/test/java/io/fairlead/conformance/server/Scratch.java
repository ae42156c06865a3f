package io.fairlead.conformance.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** Directories of this run. Below /tmp and short: a unix socket path has room for 107 bytes. */
public final class Scratch {
    private static final Path PARENT = Path.of(System.getProperty("conformance.scratch", "/tmp"));

    private Scratch() {}

    public static Path newDirectory() {
        try {
            Path directory = Files.createTempDirectory(PARENT, "flt-");
            // Guests with mapped users and unprivileged clients have to get through.
            directory.toFile().setReadable(true, false);
            directory.toFile().setExecutable(true, false);
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes a tree; a link is removed, not followed. */
    public static void delete(Path tree) {
        if (!Files.exists(tree, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            Files.walkFileTree(tree, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
                    if (failure != null) {
                        throw failure;
                    }
                    Files.delete(directory);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("delete " + tree, e);
        }
    }
}
