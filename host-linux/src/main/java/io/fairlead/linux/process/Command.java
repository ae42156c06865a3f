package io.fairlead.linux.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A program to spawn.
 *
 * @param program absolute path; no search
 * @param arguments argv, the program's own name first
 * @param environment the whole environment of the child
 * @param directory the child's working directory
 * @param descriptors what the child gets as 0, 1, 2, ... in this order; {@link #NOTHING} stands for /dev/null. Everything
 *     beyond the list is closed in the child
 */
public record Command(
        Path program,
        List<String> arguments,
        Map<String, String> environment,
        Path directory,
        List<Integer> descriptors) {
    public static final int NOTHING = -1;
    private static final int STANDARD_STREAMS = 3;

    public Command {
        if (!program.isAbsolute()) {
            throw new IllegalArgumentException("program: %s (expected: an absolute path)".formatted(program));
        }
        if (descriptors.size() < STANDARD_STREAMS) {
            throw new IllegalArgumentException(
                    "descriptors: %d (expected: at least the three standard streams)".formatted(descriptors.size()));
        }
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
        descriptors = List.copyOf(descriptors);
    }
}
