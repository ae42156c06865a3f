package io.fairlead.backend.console;

import io.fairlead.core.backend.LogRange;
import io.fairlead.linux.file.ReadableFile;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The place in a log where a reader begins.
 *
 * @param part entered for the reader; null if there is no log yet
 * @param at the offset of a line in this part's file
 * @param skip how many bytes of output the reader leaves out before it gives any
 */
record LogStart(LogSequence.Part part, long at, long skip) {
    /** With less than this left to search, a reader reads on from the beginning. */
    private static final long SEARCH_BYTES = 64 * 1024;

    /**
     * The first line of a range. The reader itself leaves out lines of other channels or before the range's instant.
     */
    static LogStart of(LogSequence log, LogRange range) throws IOException {
        List<LogSequence.Part> parts = enterAll(log);
        if (parts.isEmpty()) {
            return new LogStart(null, 0, 0);
        }
        if (range.lastLines() == Long.MAX_VALUE) {
            return chosen(parts, since(parts, range.since()));
        }
        return chosen(parts, lastLines(parts, range));
    }

    /** The place from where this many bytes of output follow, or all that are kept. */
    static LogStart lastBytes(LogSequence log, long bytes) throws IOException {
        List<LogSequence.Part> parts = enterAll(log);
        if (parts.isEmpty()) {
            return new LogStart(null, 0, 0);
        }
        long found = 0;
        for (int i = parts.size() - 1; i >= 0; i--) {
            LinesBackwards lines = new LinesBackwards(parts.get(i).file());
            for (LinesBackwards.Line line = lines.next(); line != null; line = lines.next()) {
                found += line.outputBytes();
                if (found >= bytes) {
                    return chosen(parts, new LogStart(parts.get(i), line.from(), found - bytes));
                }
            }
        }
        return chosen(parts, new LogStart(parts.get(0), 0, 0));
    }

    private static LogStart lastLines(List<LogSequence.Part> parts, LogRange range) throws IOException {
        long ends = 0;
        LogStart start = null;
        for (int i = parts.size() - 1; i >= 0; i--) {
            LinesBackwards lines = new LinesBackwards(parts.get(i).file());
            if (start == null) {
                start = new LogStart(parts.get(i), lines.end(), 0);
            }
            for (LinesBackwards.Line line = lines.next(); line != null; line = lines.next()) {
                LinePrefix prefix = line.prefix();
                if (prefix == null || !range.channels().contains(prefix.channel())) {
                    continue;
                }
                boolean endsLine = !prefix.partial() || ends == 0; // or it is the begun last line
                if (endsLine && ends++ == range.lastLines() || prefix.at().isBefore(range.since())) {
                    return start;
                }
                start = new LogStart(parts.get(i), line.from(), 0);
            }
        }
        return start;
    }

    /** A place before the first line of the instant, and not far. */
    private static LogStart since(List<LogSequence.Part> parts, Instant since) throws IOException {
        for (int i = parts.size() - 1; i > 0; i--) {
            LinePrefix first = LinesBackwards.firstFrom(parts.get(i).file(), 0);
            if (first != null && first.at().isBefore(since)) {
                return new LogStart(parts.get(i), search(parts.get(i).file(), since), 0);
            }
        }
        return new LogStart(parts.get(0), search(parts.get(0).file(), since), 0);
    }

    private static long search(ReadableFile file, Instant since) throws IOException {
        long low = 0;
        long high = file.size();
        while (since.isAfter(Instant.MIN) && high - low > SEARCH_BYTES) {
            long middle = LinesBackwards.lineStart(file, low + (high - low) / 2);
            LinePrefix line = LinesBackwards.firstFrom(file, middle);
            if (line != null && line.at().isBefore(since) && middle > low) {
                low = middle;
            } else {
                high = low + (high - low) / 2;
            }
        }
        return low;
    }

    /** Enters every part, so that none is given up during the search. */
    private static List<LogSequence.Part> enterAll(LogSequence log) throws IOException {
        List<LogSequence.Part> parts = new ArrayList<>();
        LogSequence.Part part = log.enterFirst();
        while (part != null) {
            parts.add(part);
            part = log.enterNext(part);
        }
        return parts;
    }

    private static LogStart chosen(List<LogSequence.Part> parts, LogStart start) {
        for (LogSequence.Part part : parts) {
            if (part != start.part()) {
                part.leave();
            }
        }
        return start;
    }
}
