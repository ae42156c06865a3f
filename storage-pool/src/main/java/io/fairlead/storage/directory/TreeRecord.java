package io.fairlead.storage.directory;

import io.fairlead.linux.file.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/**
 * What a tree, or an image of one, consists of: a folder with
 *
 * <pre>
 * layers        names of layers, the topmost first; empty for a plain folder
 * upper, work   what was written since, and the overlay's own; of trees with layers
 * project       the number that the file system counts what was written under; where it counts
 * capacity      of images: the tree's size in bytes, if it has one
 * </pre>
 */
record TreeRecord(Path path) {
    private static final int PRIVATE = 0600;

    boolean exists() {
        return Files.isDirectory(path);
    }

    List<String> layers() throws IOException {
        Path list = path.resolve("layers");
        return Files.exists(list)
                ? Files.readString(list).lines().filter(line -> !line.isBlank()).toList()
                : List.of();
    }

    boolean isPlain() throws IOException {
        return layers().isEmpty();
    }

    Path upper() {
        return path.resolve("upper");
    }

    Path work() {
        return path.resolve("work");
    }

    OptionalInt project() throws IOException {
        Path file = path.resolve("project");
        return Files.exists(file)
                ? OptionalInt.of(Integer.parseInt(Files.readString(file).strip()))
                : OptionalInt.empty();
    }

    /** 0 for no limit. */
    long capacityBytes() throws IOException {
        Path file = path.resolve("capacity");
        return Files.exists(file) ? Long.parseLong(Files.readString(file).strip()) : 0;
    }

    /** Once there are any, upper and work are there before. */
    void writeLayers(List<String> stack) throws IOException {
        DurableFile.write(path.resolve("layers"), String.join("\n", stack), PRIVATE);
    }

    void writeCapacity(long bytes) throws IOException {
        if (bytes > 0) {
            DurableFile.write(path.resolve("capacity"), Long.toString(bytes), PRIVATE);
        }
    }

    void writeProject(int id) throws IOException {
        DurableFile.write(path.resolve("project"), Integer.toString(id), PRIVATE);
    }

    void forgetProject() throws IOException {
        Files.deleteIfExists(path.resolve("project"));
    }
}
