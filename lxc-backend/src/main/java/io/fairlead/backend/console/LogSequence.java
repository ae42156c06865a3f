package io.fairlead.backend.console;

import io.fairlead.linux.file.ReadableFile;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The files of one log in their order. The monitor replaces a full file; it stays here, without a name, as long as a
 * reader is still in it. A position counts bytes of the log over all files. Safe for concurrent use.
 */
final class LogSequence implements AutoCloseable {
    /**
     * With more files than this, the oldest is given up, whoever reads it. Thus a reader may be at least two whole
     * files behind, and unnamed files take at most three times the limit of a file from the disk.
     */
    static final int FILES_MAX = 4;

    /** One file. */
    final class Part {
        private final ReadableFile file;
        private final long base;
        private Part next; // guarded by the sequence, like all below
        private int readers;
        private boolean givenUp;

        private Part(ReadableFile file, long base) {
            this.file = file;
            this.base = base;
        }

        ReadableFile file() {
            return file;
        }

        /** The position of its first byte. */
        long base() {
            return base;
        }

        /** Whether it is closed although readers were in it. */
        boolean givenUp() {
            synchronized (LogSequence.this) {
                return givenUp;
            }
        }

        /** To be called once by each reader that is done with it. */
        void leave() {
            synchronized (LogSequence.this) {
                readers--;
                trim();
            }
        }
    }

    private final ConsoleLog log;
    private Part first; // guarded by this, like all fields below; null before there is a file
    private Part last;

    LogSequence(ConsoleLog log) throws IOException {
        this.log = log;
        follow();
    }

    /** The earliest part that is kept, for a new reader, which must leave it; null if there is no file yet. */
    synchronized Part enterFirst() throws IOException {
        follow();
        if (first != null && first == last) {
            prependPrevious();
        }
        return entered(first);
    }

    /** The part behind the given one, for a reader that also leaves that one; null if there is none yet. */
    synchronized Part enterNext(Part part) throws IOException {
        if (part.next == null) {
            follow();
        }
        return entered(part.next);
    }

    /** The part behind the given one, without entering it; null if there is none. */
    synchronized Part after(Part part) {
        return part.next;
    }

    private static Part entered(Part part) {
        if (part != null) {
            part.readers++;
        }
        return part;
    }

    /** Looks for a new file. */
    synchronized void follow() throws IOException {
        if (last != null && last.file.isAt(log.path())) {
            return;
        }
        ReadableFile fresh = open(log.path());
        if (fresh == null) {
            return; // the monitor is replacing it at this moment, or has not made it yet
        }
        // The monitor closes the old file before the new one gets the name: the old one has its final size.
        Part part = new Part(fresh, last == null ? 0 : last.base + last.file.size());
        if (last == null) {
            first = part;
        } else {
            last.next = part;
        }
        last = part;
        trim();
    }

    private void prependPrevious() throws IOException {
        ReadableFile previous = open(log.previous());
        if (previous == null) {
            return;
        }
        if (last.file.isAt(log.previous())) {
            previous.close(); // two names of one file
            return;
        }
        Part part = new Part(previous, first.base - previous.size());
        part.next = first;
        first = part;
    }

    private static ReadableFile open(Path path) throws IOException {
        try {
            return ReadableFile.open(path);
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ENOENT) {
                return null;
            }
            throw e;
        }
    }

    /** The position behind the last byte. */
    synchronized long end() throws IOException {
        follow();
        return last == null ? 0 : last.base + last.file.size();
    }

    private void trim() {
        int count = 0;
        for (Part part = first; part != null; part = part.next) {
            count++;
        }
        while (first != last && (first.readers == 0 || count > FILES_MAX)) {
            first.givenUp = first.readers > 0;
            first.file.close();
            first = first.next;
            count--;
        }
    }

    /** Closes all files, whoever reads them. */
    @Override
    public synchronized void close() {
        for (Part part = first; part != null; part = part.next) {
            part.file.close();
        }
        first = null;
        last = null;
    }
}
