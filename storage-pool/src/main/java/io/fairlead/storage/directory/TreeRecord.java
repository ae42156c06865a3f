package io.fairlead.storage.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/**
 * What a tree, or a snapshot of one, consists of: a folder with the {@link LinkText}s and folders
 *
 * <pre>
 * layers        names of layers, the topmost first; a plain folder has none
 * upper, work   what was written since, and the overlay's own; of trees with layers
 * project       the number that the file system counts what was written under; where it counts
 * capacity      of snapshots: the tree's size in bytes, if it has one
 * </pre>
 */
record TreeRecord(Path path) {
    private static final String SEPARATOR = ":";

    boolean exists() {
        return Files.isDirectory(path);
    }

    List<String> layers() throws IOException {
        return LinkText.read(path.resolve("layers"))
                .map(text -> List.of(text.split(SEPARATOR)))
                .orElse(List.of());
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
        return LinkText.read(path.resolve("project")).stream()
                .mapToInt(Integer::parseInt)
                .findFirst();
    }

    /** 0 for no limit. */
    long capacityBytes() throws IOException {
        return LinkText.read(path.resolve("capacity")).map(Long::parseLong).orElse(0L);
    }

    /** Upper and work are there before. */
    void writeLayers(List<String> stack) throws IOException {
        LinkText.write(path.resolve("layers"), String.join(SEPARATOR, stack));
    }

    /** Whether a list of so many layers can be kept. */
    static boolean hasRoomFor(int count) {
        return count * (Layers.ID_LENGTH + SEPARATOR.length()) - SEPARATOR.length() <= LinkText.BYTES_MAX;
    }

    void writeCapacity(long bytes) throws IOException {
        if (bytes > 0) {
            LinkText.write(path.resolve("capacity"), Long.toString(bytes));
        }
    }

    void writeProject(int id) throws IOException {
        LinkText.write(path.resolve("project"), Integer.toString(id));
    }

    void forgetProject() throws IOException {
        Files.deleteIfExists(path.resolve("project"));
    }
}
