package io.fairlead.thin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The reports to a client and its next intents, line by line on the disk of the host: "verb name number". Refuses an id
 * reported twice. No two writes have the same value, so a content tells which write it comes from.
 */
final class PowerCutJournal {
    private final Path file;
    /** The values that a volume may hold; nothing is known of one without any. */
    private final Map<String, Set<Long>> possible = new LinkedHashMap<>();

    private final Set<String> suspects = new HashSet<>();
    private int highestId;
    private long highestValue;

    PowerCutJournal(Path file) throws IOException {
        this.file = file;
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                String[] words = line.split(" ");
                if (words.length == 3) { // the last may have been cut
                    apply(words[0], words[1], Long.parseLong(words[2]));
                }
            }
        }
    }

    void add(String verb, String name, long number) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            channel.write(
                    ByteBuffer.wrap("%s %s %d\n".formatted(verb, name, number).getBytes(UTF_8)));
            channel.force(true);
        }
        apply(verb, name, number);
    }

    private void apply(String verb, String name, long number) {
        switch (verb) {
            case "created" -> {
                if (number <= highestId) {
                    throw new AssertionError("id %d of %s is not above %d".formatted(number, name, highestId));
                }
                highestId = (int) number;
                possible.put(name, new HashSet<>());
            }
            case "wrote", "reverted" -> {
                possible.put(name, new HashSet<>(Set.of(number)));
                highestValue = Math.max(highestValue, number);
            }
            case "writing", "reverting" -> {
                possible.get(name).add(number);
                highestValue = Math.max(highestValue, number);
            }
            case "deleting" -> {
                possible.remove(name);
                suspects.remove(name);
            }
            case "entered" -> suspects.add(name);
            case "left" -> suspects.remove(name);
            case "up", "full" -> {}
            default -> throw new AssertionError(verb);
        }
    }

    /** Volumes that were reported and not asked to be deleted. */
    List<String> certain() {
        return List.copyOf(possible.keySet());
    }

    /**
     * Whether it was mounted, and not unmounted since in a pool with space: its file system may have failed to write.
     */
    boolean isSuspect(String name) {
        return suspects.contains(name);
    }

    /** Whether the found content is possible, by all reports. */
    boolean allows(String name, long found) {
        return possible.get(name).isEmpty() || possible.get(name).contains(found);
    }

    /** The known facts of a volume, and the last reports of it and of all volumes. */
    String about(String name) throws IOException {
        List<String> lines = Files.readAllLines(file);
        List<String> own = lines.stream().filter(line -> line.contains(name)).toList();
        return "it may hold %s; told of it: %s; told last: %s"
                .formatted(possible.get(name), tail(own, 60), tail(lines, 40));
    }

    private static List<String> tail(List<String> lines, int count) {
        return lines.subList(Math.max(0, lines.size() - count), lines.size());
    }

    /** The volume's content, if it is certain. */
    OptionalLong written(String name) {
        Set<Long> values = possible.getOrDefault(name, Set.of());
        return values.size() == 1 ? OptionalLong.of(values.iterator().next()) : OptionalLong.empty();
    }

    /** Greater than all that any volume has held. */
    long nextValue() {
        return highestValue + 1;
    }

    int highestId() {
        return highestId;
    }
}
