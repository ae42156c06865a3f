package io.fairlead.storage.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The parts of a tree, or of a snapshot of one: a folder with these {@link LinkText}s and folders
 *
 * <pre>
 * layers        names of layers, the topmost first; a plain folder has none
 * upper, work   the writes since, and the overlay's own files; of trees with layers
 * project       the number under which the file system counts the writes; where it counts
 * capacity      of snapshots: the tree's size in bytes, if it has one
 * </pre>
 */
record TreeRecord(Path path) {
    private static final String SEPARATOR = ":";

    boolean exists() {
        return Files.isDirectory(path);
    }

    List<String> layers() throws IOException {
        Path link = path.resolve("layers");
        Optional<String> text = LinkText.read(link);
        if (text.isEmpty()) {
            return List.of();
        }
        List<String> stack = List.of(text.get().split(SEPARATOR));
        if (stack.isEmpty() || !stack.stream().allMatch(Layers::isId)) { // a path of another kind would lead elsewhere
            throw new IOException("%s is damaged: '%s'".formatted(link, text.get()));
        }
        return stack;
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
        Path link = path.resolve("project");
        Optional<String> text = LinkText.read(link);
        return text.isEmpty() ? OptionalInt.empty() : OptionalInt.of((int) LinkText.number(link, text.get()));
    }

    /** 0 for no limit. */
    long capacityBytes() throws IOException {
        Path link = path.resolve("capacity");
        Optional<String> text = LinkText.read(link);
        return text.isEmpty() ? 0 : LinkText.number(link, text.get());
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
