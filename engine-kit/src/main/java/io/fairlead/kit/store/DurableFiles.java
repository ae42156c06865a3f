package io.fairlead.kit.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes by temporary file, fsync, rename and fsync of the directory; creates with one fsync where that is enough. */
public final class DurableFiles implements StateFiles {
    /**
     * File systems on which fsync of a new file makes its name durable, too. They write all changes of names and files
     * into one log, in order. fsync writes the log up to the file's last change, which is its rename here.
     */
    private static final Set<String> LOGGED_IN_ORDER = Set.of("ext4", "xfs", "btrfs");

    /** The ending of unfinished files. No file of ours ends so, and so none that a crash left is read as one. */
    public static final String TEMPORARY = ".new";

    private final Map<Path, Boolean> loggedInOrder = new ConcurrentHashMap<>();

    @Override
    public void write(Path file, byte[] content) throws IOException {
        Path temporary = temporary(file);
        try {
            try (FileChannel channel = open(temporary)) {
                writeAll(channel, content);
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            removeAfter(e, temporary);
            throw e;
        }
        syncDirectory(file.getParent());
    }

    @Override
    public void create(Path file, byte[] content) throws IOException {
        if (Files.exists(file) || !loggedInOrder(file.getParent())) {
            write(file, content);
            return;
        }
        Path temporary = temporary(file);
        Path latest = temporary;
        try (FileChannel channel = open(temporary)) {
            writeAll(channel, content);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            latest = file;
            channel.force(true);
        } catch (IOException e) {
            removeAfter(e, latest);
            throw e;
        }
    }

    /** {@inheritDoc} {@link #sync} waits for it. */
    @Override
    public void put(Path file, byte[] content) throws IOException {
        Path temporary = temporary(file);
        try {
            try (FileChannel channel = open(temporary)) {
                writeAll(channel, content);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            removeAfter(e, temporary);
            throw e;
        }
    }

    /** Waits until a file, and its name, are on the disk. */
    void sync(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.force(true);
        }
        if (!loggedInOrder(file.getParent())) {
            syncDirectory(file.getParent());
        }
    }

    @Override
    public void delete(Path file) throws IOException {
        if (Files.deleteIfExists(file)) {
            syncDirectory(file.getParent());
        }
    }

    @Override
    public void remove(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    @Override
    public boolean exists(Path file) {
        return Files.exists(file);
    }

    @Override
    public byte[] read(Path file) throws IOException {
        return Files.readAllBytes(file);
    }

    @Override
    public Set<String> names(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString()).collect(Collectors.toSet());
        }
    }

    /** Removes the temporary files of an earlier daemon's unfinished writes. */
    public static void sweep(Path directory) throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(directory, "*" + TEMPORARY)) {
            for (Path file : left) {
                Files.deleteIfExists(file);
            }
        }
    }

    private boolean loggedInOrder(Path directory) throws IOException {
        Boolean known = loggedInOrder.get(directory);
        if (known == null) {
            known = LOGGED_IN_ORDER.contains(Files.getFileStore(directory).type());
            loggedInOrder.put(directory, known);
        }
        return known;
    }

    private static Path temporary(Path file) {
        return file.resolveSibling(file.getFileName() + TEMPORARY);
    }

    private static FileChannel open(Path file) throws IOException {
        var options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        // A definition may contain secrets of its guest, such as its environment.
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        return FileChannel.open(file, options, ownerOnly);
    }

    private static void writeAll(FileChannel channel, byte[] content) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(content);
        while (left.hasRemaining()) {
            channel.write(left);
        }
    }

    private static void removeAfter(IOException failure, Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private static void syncDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
