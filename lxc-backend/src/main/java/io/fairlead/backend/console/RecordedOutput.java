package io.fairlead.backend.console;

import io.fairlead.core.backend.LogRange;
import io.fairlead.core.backend.OutputReader;
import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import java.io.IOException;

/** The output that is in a log now, whether its process runs or not. Each reader opens the log for itself. */
final class RecordedOutput {
    private RecordedOutput() {}

    /** @param subject whose output it is, for messages */
    static OutputReader read(String subject, ConsoleLog log, LogRange range) {
        try {
            LogSequence sequence = new LogSequence(log);
            try {
                LogStart start = LogStart.of(sequence, range);
                return new LogReader(subject, sequence, new OnlyReader(sequence), range, start, sequence.end());
            } catch (IOException e) {
                sequence.close();
                throw e;
            }
        } catch (IOException e) {
            throw new EngineException(
                    ErrorCode.INTERNAL_ERROR, "cannot read the output of %s: %s".formatted(subject, e.getMessage()), e);
        }
    }

    private record OnlyReader(LogSequence sequence) implements LogReader.Owner {
        @Override
        public void taken(LogReader reader) {
            // There is nobody to tell.
        }

        @Override
        public void closed(LogReader reader) {
            sequence.close();
        }
    }
}
