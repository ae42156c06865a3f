package io.fairlead.daemon.doctor;

import io.fairlead.xml.storage.StoragePoolDocument;
import io.fairlead.xml.tree.XmlException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Checks the storage pools of an instance: unreadable definitions, and thin pools that lie in files. */
record PoolsCheck(Path state) implements Check {
    @Override
    public String title() {
        return "Storage pools in " + state;
    }

    @Override
    public List<Line> look() {
        Path folder = state.resolve("storage");
        if (!Files.isDirectory(folder) || !Files.isReadable(folder)) {
            return List.of(); // no pools yet, or reported by the check before
        }
        List<Line> lines = new ArrayList<>();
        int pools = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.xml")) {
            for (Path file : files) {
                pools++;
                lookAt(file, lines);
            }
        } catch (IOException e) {
            lines.add(Line.problem("pools", "%s cannot be listed: %s".formatted(folder, e), "look at the disk"));
        }
        lines.add(0, Line.ok("pools", Integer.toString(pools)));
        return lines;
    }

    private static void lookAt(Path file, List<Line> lines) {
        try {
            StoragePoolDocument pool = StoragePoolDocument.parse(Files.readString(file));
            if (pool.type().equals("logical")) {
                pool.source().devices().stream()
                        .filter(device -> Files.isRegularFile(Path.of(device)))
                        .forEach(device -> lines.add(Line.note(
                                "pool " + pool.name(),
                                "lies in the file %s: slow, and unsafe with real data".formatted(device),
                                "for anything but development, build it on a block device")));
            }
        } catch (IOException | XmlException e) {
            lines.add(Line.problem(
                    "damaged", "%s: %s".formatted(file, e.getMessage()), "repair the file and restart the daemon"));
        }
    }
}
