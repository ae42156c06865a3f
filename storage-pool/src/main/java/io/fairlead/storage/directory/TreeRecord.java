package io.fairlead.storage.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The parts of a tree, or of a snapshot of one: a folder with these {@link LinkText}s and folders
 *
 * <pre>
 * layers        names of layers, the topmost first; a plain folder has none. If more lie below them, "+" and a number
 * layers.N      those below, if the number is N; below these, layers.N-1 and so on to layers.1
 * upper, work   the writes since, and the overlay's own files; of trees with layers
 * project       the number under which the file system counts the writes; where it counts
 * capacity      of snapshots: the tree's size in bytes, if it has one
 * </pre>
 */
record TreeRecord(Path path) {
    private static final String LAYERS = "layers";
    private static final String SEPARATOR = ":";
    private static final String BELOW = "+";
    /** So many names have room in one link text. */
    private static final int PART = 70;
    /** More than any overlay has layers. */
    private static final int PARTS_MAX = 100;

    boolean exists() {
        return Files.isDirectory(path);
    }

    List<String> layers() throws IOException {
        Optional<List<String>> top = part(LAYERS);
        if (top.isEmpty()) {
            return List.of();
        }
        List<String> stack = new ArrayList<>(top.get());
        String last = stack.get(stack.size() - 1);
        if (last.startsWith(BELOW)) {
            stack.remove(last);
            for (int part = number(last); part > 0; part--) {
                String name = LAYERS + "." + part;
                stack.addAll(part(name).orElseThrow(() -> new IOException("%s has no %s".formatted(path, name))));
            }
        }
        if (!stack.stream().allMatch(Layers::isId)) { // a path of another kind would lead elsewhere
            throw new IOException("%s is damaged: %s".formatted(path.resolve(LAYERS), stack));
        }
        return stack;
    }

    private Optional<List<String>> part(String name) throws IOException {
        return LinkText.read(path.resolve(name)).map(text -> List.of(text.split(SEPARATOR, -1)));
    }

    private int number(String below) throws IOException {
        long number = LinkText.number(path.resolve(LAYERS), below.substring(BELOW.length()));
        if (number < 1 || number > PARTS_MAX) {
            throw new IOException("%s is damaged: '%s'".formatted(path.resolve(LAYERS), below));
        }
        return (int) number;
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

    /**
     * Upper and work are there before. The lower parts of a long list are written first and never change, as layers
     * come on top; the last name decides. A crash may leave a part that the list does not count.
     */
    void writeLayers(List<String> stack) throws IOException {
        int below = (stack.size() - 1) / PART;
        for (int part = 1; part <= below; part++) {
            int end = stack.size() - (part - 1) * PART;
            writePart(LAYERS + "." + part, stack.subList(end - PART, end));
        }
        List<String> top = new ArrayList<>(stack.subList(0, stack.size() - below * PART));
        if (below > 0) {
            top.add(BELOW + below);
        }
        writePart(LAYERS, top);
    }

    private void writePart(String name, List<String> part) throws IOException {
        if (!part(name).equals(Optional.of(part))) {
            LinkText.write(path.resolve(name), String.join(SEPARATOR, part));
        }
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
