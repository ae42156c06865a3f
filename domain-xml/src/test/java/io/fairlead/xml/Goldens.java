package io.fairlead.xml;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** Cases on disk, one folder each: adding a case needs no code. */
public final class Goldens {
    private Goldens() {}

    /** The folders of one kind, sorted. */
    public static Stream<Path> cases(String kind) {
        try (Stream<Path> folders = Files.list(folder(kind))) {
            return folders.sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Other modules' tests see the cases in a folder or in a jar, depending on how far the build went before. */
    private static synchronized Path folder(String kind) throws IOException {
        URI place = URI.create(Goldens.class.getResource("/" + kind).toString());
        if (place.getScheme().equals("jar")) {
            try {
                FileSystems.getFileSystem(place);
            } catch (FileSystemNotFoundException e) {
                FileSystems.newFileSystem(place, Map.of());
            }
        }
        return Path.of(place);
    }

    public static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
