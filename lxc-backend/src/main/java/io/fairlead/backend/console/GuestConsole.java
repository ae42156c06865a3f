package io.fairlead.backend.console;

import io.fairlead.core.backend.ConsoleMode;
import io.fairlead.core.backend.ConsoleSession;
import io.fairlead.core.backend.OutputReader;
import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;

/**
 * The console of one guest, as libvirt's clients know it: a view of its streams with scrollback, and with the rules of
 * {@link ConsoleMode}. Safe for concurrent use.
 */
public final class GuestConsole {
    /** How much earlier output a new session gets, in bytes. */
    static final int SCROLLBACK_BYTES = 64 * 1024;

    private final MonitoredIo io;
    private final List<Session> sessions = new ArrayList<>(); // guarded by this, like exclusive
    private boolean exclusive;

    public GuestConsole(MonitoredIo io) {
        this.io = io;
    }

    /**
     * @throws EngineException OPERATION_FAILED while another session uses the console exclusively, OPERATION_INVALID if
     *     the guest has ended
     */
    public synchronized ConsoleSession open(ConsoleMode mode) {
        sessions.removeIf(Session::isOver);
        boolean occupied = !sessions.isEmpty() && (exclusive || mode == ConsoleMode.EXCLUSIVE);
        if (occupied && mode != ConsoleMode.FORCE) {
            throw new EngineException(
                    ErrorCode.OPERATION_FAILED, "Active console session exists for this domain", null);
        }
        Session session = new Session(io.output().attachWithPast(SCROLLBACK_BYTES));
        if (mode == ConsoleMode.FORCE) {
            sessions.forEach(Session::displace);
            sessions.clear();
        }
        exclusive = mode == ConsoleMode.EXCLUSIVE;
        sessions.add(session);
        return session;
    }

    private synchronized void leave(Session session) {
        sessions.remove(session);
    }

    private final class Session implements ConsoleSession {
        private final LogReader reader;

        private Session(LogReader reader) {
            this.reader = reader;
        }

        @Override
        public OutputReader output() {
            return reader;
        }

        @Override
        public void write(byte[] data) {
            io.write(data, this::isOver);
        }

        @Override
        public void close() {
            reader.close();
            leave(this);
        }

        private boolean isOver() {
            return reader.end().isPresent();
        }

        private void displace() {
            reader.close(OutputReader.End.DISPLACED);
        }
    }
}
