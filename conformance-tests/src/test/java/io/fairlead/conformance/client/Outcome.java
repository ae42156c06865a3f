package io.fairlead.conformance.client;

import java.time.Duration;
import java.util.List;

/** How a command ended; {@code exit} is 128 + signal when one killed it. */
public record Outcome(List<String> command, int exit, String out, String err, Duration took) {

    /** The output, with the surrounding blank lines of virsh removed; fails when the command did. */
    public String orFail() {
        if (exit != 0) {
            throw new AssertionError("refused: " + this);
        }
        return out.strip();
    }

    /** The error text; fails when the command succeeded. */
    public String refused() {
        if (exit == 0) {
            throw new AssertionError("not refused: " + this);
        }
        return err.strip();
    }

    @Override
    public String toString() {
        return "%s -> exit %d%n--- out%n%s%n--- err%n%s".formatted(String.join(" ", command), exit, out, err);
    }
}
