package io.fairlead.conformance.client;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** An empty disk: a sparse file attached as a loop device, detached on close or when its last mount is gone. */
public final class LoopDisk implements AutoCloseable {
    private final Path file;
    private final String node;

    private LoopDisk(Path file, String node) {
        this.file = file;
        this.node = node;
    }

    public static LoopDisk make(Path directory, long bytes) {
        try {
            Path file = Files.createTempFile(directory, "disk", "");
            try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
                sparse.setLength(bytes);
            }
            return new LoopDisk(
                    file,
                    Command.of("losetup", "--find", "--show", file.toString())
                            .run()
                            .orFail());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Such as {@code /dev/loop3}. */
    public String node() {
        return node;
    }

    /** The file system on it as blkid names it; empty if it knows none. */
    public String type() {
        return Command.of("blkid", "-p", "-o", "value", "-s", "TYPE", node)
                .run()
                .out()
                .strip();
    }

    @Override
    public void close() {
        Command.of("losetup", "--detach", node).run().orFail();
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
