package io.fairlead.linux.process;

import java.io.IOException;

/** A program ran and failed. The message holds its standard error output. */
public final class CommandFailedException extends IOException {
    private final transient CommandResult result;

    CommandFailedException(CommandResult result) {
        super("%s: exit status %d: %s"
                .formatted(
                        String.join(" ", result.command()),
                        result.status(),
                        result.errors().strip()));
        this.result = result;
    }

    public CommandResult result() {
        return result;
    }
}
