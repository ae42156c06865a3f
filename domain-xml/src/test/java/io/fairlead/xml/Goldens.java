package io.fairlead.xml;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Cases on disk, one folder each: adding a case needs no code. */
public final class Goldens {
    private Goldens() {}

    /** The folders of one kind, sorted. */
    public static Stream<Path> cases(String kind) {
        try (Stream<Path> folders =
                Files.list(Path.of(Goldens.class.getResource("/" + kind).toURI()))) {
            return folders.sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
