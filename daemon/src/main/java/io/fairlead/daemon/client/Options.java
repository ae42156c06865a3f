package io.fairlead.daemon.client;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Reads the words of a command line one after another, as getopt does: {@code --name VALUE}, {@code --name=VALUE},
 * {@code -n VALUE}, {@code -nVALUE}, and short options without a value together. It does not know which options there
 * are; its caller asks for a value where one belongs.
 *
 * <p>Not picocli: its classes would double the start of a command that a person waits for.
 */
final class Options {
    private final Deque<String> words;
    private String option;
    private String attached;

    Options(String... words) {
        this.words = new ArrayDeque<>(Arrays.asList(words));
    }

    /**
     * The next option, with its dashes; null if a plain word or nothing comes next.
     *
     * @throws UsageException if the option before had a value that nobody asked for
     */
    String next() {
        if (attached != null && option.startsWith("--")) {
            throw new UsageException("%s takes no value".formatted(option));
        }
        if (attached != null) { // -it: the rest are options, too
            return split("-" + attached);
        }
        String word = words.peek();
        if (word == null || word.equals("--") || word.equals("-") || !word.startsWith("-")) {
            return null;
        }
        words.remove();
        if (!word.startsWith("--")) {
            return split(word);
        }
        int sign = word.indexOf('=');
        option = sign < 0 ? word : word.substring(0, sign);
        attached = sign < 0 ? null : word.substring(sign + 1);
        return option;
    }

    private String split(String word) {
        option = word.substring(0, 2);
        attached = word.length() > 2 ? word.substring(2) : null;
        return option;
    }

    /** The value of the option that {@link #next} returned. */
    String value() {
        String value = attached == null ? words.poll() : attached;
        attached = null;
        if (value == null) {
            throw new UsageException("%s needs a value".formatted(option));
        }
        return value;
    }

    /** The next plain word; null if an option, {@code --} or nothing comes next. */
    String word() {
        String word = words.peek();
        boolean plain = word != null && (word.equals("-") || !word.startsWith("-"));
        return plain ? words.remove() : null;
    }

    /** All words that are left, without a {@code --} in front of them. */
    String[] rest() {
        if ("--".equals(words.peek())) {
            words.remove();
        }
        String[] rest = words.toArray(String[]::new);
        words.clear();
        return rest;
    }

    UsageException unknown() {
        return new UsageException("unknown option %s".formatted(option));
    }
}
