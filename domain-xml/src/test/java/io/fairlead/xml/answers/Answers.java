package io.fairlead.xml.answers;

import io.fairlead.xml.Goldens;
import io.fairlead.xml.LibvirtCodes;
import io.fairlead.xml.tree.XmlException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * libvirt 9.0's answers to many documents, one file in {@code answers} for each kind: behind "{@code > }" the input
 * in one line, below it the stored text, or behind "{@code ! }" code, origin and message of the refusal.
 */
public final class Answers {
    /** @param answer without a line feed at its end */
    public record Case(String input, String answer) {
        @Override
        public String toString() {
            return input;
        }
    }

    private Answers() {}

    /** The cases of a file, in order. */
    public static List<Case> of(String file) {
        List<Case> cases = new ArrayList<>();
        for (String block : document(file).split("(?m)^> ")) {
            if (!block.startsWith("#")) {
                int line = block.indexOf('\n');
                cases.add(new Case(
                        block.substring(0, line), block.substring(line + 1).stripTrailing()));
            }
        }
        return List.copyOf(cases);
    }

    /** The text of a file. */
    public static String document(String file) {
        return Goldens.read(Goldens.cases("answers")
                .filter(one -> one.endsWith(file))
                .findFirst()
                .orElseThrow());
    }

    /**
     * Our answer in the form of the file.
     *
     * @param origin libvirt's number for the reader of such documents
     */
    public static String told(int origin, Supplier<String> text) {
        try {
            return text.get().stripTrailing();
        } catch (XmlException e) {
            return "! %s %s"
                    .formatted(LibvirtCodes.withOrigin(e, origin), e.getMessage())
                    .stripTrailing();
        }
    }
}
