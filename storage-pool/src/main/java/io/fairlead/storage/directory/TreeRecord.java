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
 * capacity      of images: the tree's size in bytes, 0 for no limit
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

    long capacityBytes() throws IOException {
        return Long.parseLong(Files.readString(path.resolve("capacity")).strip());
    }

    /** Of a tree; makes what is missing. */
    void writeTree(List<String> stack) throws IOException {
        Files.createDirectories(path);
        if (!stack.isEmpty()) {
            Files.createDirectories(upper());
            Files.createDirectories(work());
        }
        writeLayers(stack);
    }

    void writeImage(List<String> stack, long capacityBytes) throws IOException {
        Files.createDirectories(path);
        DurableFile.write(path.resolve("capacity"), Long.toString(capacityBytes), PRIVATE);
        writeLayers(stack);
    }

    private void writeLayers(List<String> stack) throws IOException {
        DurableFile.write(path.resolve("layers"), String.join("\n", stack), PRIVATE);
    }

    void writeProject(int id) throws IOException {
        DurableFile.write(path.resolve("project"), Integer.toString(id), PRIVATE);
    }

    void forgetProject() throws IOException {
        DurableFile.delete(path.resolve("project"));
    }
}
