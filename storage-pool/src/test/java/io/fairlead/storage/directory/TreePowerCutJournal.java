package io.fairlead.storage.directory;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The reports to a client, line by line on the disk of the host: "verb volume number snapshot". Numbers are contents.
 *
 * <pre>
 * is        the volume holds the number              may     it is about to
 * kept      a snapshot of it holds the number          ending  it is about to be deleted, with its snapshots
 * layer     the layer holds the number              dropping the layer is about to be deleted
 * up        the machine has checked everything before
 * </pre>
 */
final class TreePowerCutJournal {
    private final Path file;
    private final Map<String, Set<Long>> volumes = new TreeMap<>();
    private final Map<String, Map<String, Long>> snapshots = new HashMap<>();
    private final Map<String, Long> layers = new TreeMap<>();
    private long highest;

    TreePowerCutJournal(Path file) throws IOException {
        this.file = file;
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                String[] words = line.split(" ");
                if (words.length == 4) { // the last may have been cut
                    apply(words[0], words[1], Long.parseLong(words[2]), words[3]);
                }
            }
        }
    }

    void add(String verb, String volume, long number, String snapshot) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            String line = "%s %s %d %s\n".formatted(verb, volume, number, snapshot);
            channel.write(ByteBuffer.wrap(line.getBytes(UTF_8)));
            channel.force(true);
        }
        apply(verb, volume, number, snapshot);
    }

    private void apply(String verb, String volume, long number, String snapshot) {
        highest = Math.max(highest, number);
        switch (verb) {
            case "is" -> volumes.put(volume, Set.of(number));
            case "may" -> {
                Set<Long> more = new HashSet<>(volumes.get(volume));
                more.add(number);
                volumes.put(volume, more);
            }
            case "kept" -> snapshots
                    .computeIfAbsent(volume, name -> new HashMap<>())
                    .put(snapshot, number);
            case "ending" -> {
                volumes.remove(volume);
                snapshots.remove(volume);
            }
            case "layer" -> layers.put(volume, number);
            case "dropping" -> layers.remove(volume);
            case "up" -> {}
            default -> throw new AssertionError(verb);
        }
    }

    /** Volumes that were reported and not asked to be deleted. */
    List<String> volumes() {
        return List.copyOf(volumes.keySet());
    }

    Set<Long> contents(String volume) {
        return volumes.get(volume);
    }

    /** By snapshot. */
    Map<String, Long> snapshots(String volume) {
        return snapshots.getOrDefault(volume, Map.of());
    }

    /** Numbers by the layers that were reported and not asked to be deleted. */
    Map<String, Long> layers() {
        return Map.copyOf(layers);
    }

    long next() {
        return highest + 1;
    }
}
