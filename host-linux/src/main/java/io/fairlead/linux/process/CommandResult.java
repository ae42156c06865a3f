package io.fairlead.linux.process;

import java.util.List;

/**
 * How a finished program ended.
 *
 * @param status exit status, or 128 + the signal that killed it
 * @param output standard output, cut after the limit that was set
 * @param errors standard error, cut likewise
 */
public record CommandResult(List<String> command, int status, String output, String errors) {
    public boolean succeeded() {
        return status == 0;
    }

    /** Passes a success through. @throws CommandFailedException otherwise, with the program's own words */
    public CommandResult orThrow() throws CommandFailedException {
        if (status != 0) {
            throw new CommandFailedException(this);
        }
        return this;
    }
}
