package io.fairlead.xml.fuzz;

import io.fairlead.xml.Goldens;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Inputs as text, and the golden files as inputs to start from. */
final class Seeds {
    private Seeds() {}

    /** One file of every golden case of a kind. */
    static List<byte[]> goldens(String kind, String file) {
        return bytes(Goldens.cases(kind).map(folder -> Goldens.read(folder.resolve(Path.of(file)))));
    }

    static List<byte[]> of(String... texts) {
        return bytes(Stream.of(texts));
    }

    private static List<byte[]> bytes(Stream<String> texts) {
        return texts.map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
    }

    /** An input as the wire would let it through. */
    static String text(byte[] input) {
        return new String(input, StandardCharsets.UTF_8).replace("\0", "");
    }
}
