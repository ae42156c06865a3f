package io.fairlead.core.store;

import static java.util.stream.Collectors.toSet;

import io.fairlead.core.store.Journal.Entry;
import io.fairlead.core.store.Journal.Generation;
import io.fairlead.core.store.Journal.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files below a folder of which new ones are made as soon as a {@link Journal} has them: that takes one write to the disk, and making a file
 * several, and up to half a millisecond. In the background they are put where they belong, after a second or when a journal is full. Until then the
 * journal is part of the truth: what is not at its place yet is read from here, also by the next daemon, which goes on where the last one ended.
 *
 * <p>There are two journals. While the files of one are put at their places, the other takes what is new. What neither has room for, and everything
 * while files cannot be put at their places or a journal cannot be written, is made durable the plain way, which fails where that fails.
 *
 * <p>For one process at a time. For several threads, but only one for each file.
 */
@SuppressWarnings("try") // journals are closed, not used
public final class JournaledFiles implements StateFiles, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(JournaledFiles.class);
    private static final int JOURNAL_BYTES = 1 << 20;
    /** How long a file may be in the journal only; the next start has less to do then. */
    private static final Duration QUIET = Duration.ofSeconds(1);

    private final Path folder;
    private final Duration quiet;
    private final DurableFiles files = new DurableFiles();
    private final Thread settler = new Thread(this::settle, "state-journal");
    /** Whoever changes a file that a journal has holds it, and takes it before the lock of this. */
    private final Object places = new Object();

    private Journal taking; // guarded by this, as is all below
    private Journal settling;
    private Map<Path, byte[]> taken = new HashMap<>();
    private Map<Path, byte[]> unsettled = new HashMap<>();
    private long generation;
    private long turns;
    private boolean stuck;
    private boolean closed;

    private JournaledFiles(Path folder, Duration quiet) {
        this.folder = folder;
        this.quiet = quiet;
    }

    /** Opens the journals in a folder, with what they have of the files below it. */
    public static JournaledFiles open(Path folder) throws IOException {
        return open(folder, JOURNAL_BYTES, QUIET);
    }

    static JournaledFiles open(Path folder, int journalBytes, Duration quiet) throws IOException {
        Files.createDirectories(folder);
        JournaledFiles files = new JournaledFiles(folder, quiet);
        Journal one = Journal.open(folder.resolve("journal.0"), journalBytes);
        Journal other = Journal.open(folder.resolve("journal.1"), journalBytes);
        files.resume(one, other);
        files.settleFirst();
        files.settler.setDaemon(true);
        files.settler.start();
        return files;
    }

    private synchronized void resume(Journal one, Journal other) throws IOException {
        Generation first = one.resume();
        Generation second = other.resume();
        boolean firstIsNewer =
                second.entries().isEmpty() || !first.entries().isEmpty() && first.number() > second.number();
        taking = firstIsNewer ? one : other;
        settling = firstIsNewer ? other : one;
        generation = Math.max(first.number(), second.number());
        resume(firstIsNewer ? second : first, unsettled);
        resume(firstIsNewer ? first : second, taken);
        if (taking.isEmpty()) {
            taking.begin(++generation);
        } else {
            log.info("the journals in {} have {} new files", folder, taken.size() + unsettled.size());
        }
    }

    /** Before anybody looks at the places; what cannot be put there now is tried again. */
    private void settleFirst() {
        synchronized (places) {
            try {
                settleAll();
            } catch (IOException e) {
                areStuck(e);
            }
        }
    }

    private void resume(Generation past, Map<Path, byte[]> pending) {
        for (Entry entry : past.entries()) {
            Path file = folder.resolve(entry.path()).normalize();
            if (!file.startsWith(folder)) {
                log.error("the journal in {} has a file that lies elsewhere: {}; left out", folder, entry.path());
            } else if (entry.kind() == Kind.CREATE) {
                pending.put(file, entry.content());
            } else {
                unsettled.remove(file);
                taken.remove(file);
            }
        }
    }

    @Override
    public void create(Path file, byte[] content) throws IOException {
        if (exists(file)) {
            write(file, content);
            return;
        }
        try {
            if (!takeNew(file, content)) {
                files.create(file, content);
            }
        } catch (JournalException e) {
            log.warn("cannot write the journal in {}; doing without", folder, e);
            files.create(file, content);
            mayHave(file, content);
        }
    }

    @Override
    public void write(Path file, byte[] content) throws IOException {
        if (!isPending(file)) {
            files.write(file, content);
            return;
        }
        synchronized (places) {
            files.write(file, content);
            forget(file);
        }
    }

    @Override
    public void delete(Path file) throws IOException {
        if (!isPending(file)) {
            files.delete(file);
            return;
        }
        synchronized (places) {
            files.delete(file);
            forget(file);
        }
    }

    @Override
    public boolean exists(Path file) {
        return isPending(file) || files.exists(file);
    }

    @Override
    public byte[] read(Path file) throws IOException {
        byte[] content = pending(file);
        return content != null ? content.clone() : files.read(file);
    }

    @Override
    public Set<String> names(Path directory) throws IOException {
        Set<String> pending = pendingIn(directory); // first: what is put at its place meanwhile is found there
        pending.addAll(files.names(directory));
        return pending;
    }

    private synchronized Set<String> pendingIn(Path directory) {
        return Stream.concat(taken.keySet().stream(), unsettled.keySet().stream())
                .filter(file -> directory.equals(file.getParent()))
                .map(file -> file.getFileName().toString())
                .collect(toSet());
    }

    private boolean isPending(Path file) {
        return pending(file) != null;
    }

    private synchronized byte[] pending(Path file) {
        byte[] content = taken.get(file);
        return content != null ? content : unsettled.get(file);
    }

    /** False if it has no room, or its files cannot be put at their places. */
    private synchronized boolean takeNew(Path file, byte[] content) throws JournalException {
        if (stuck || !append(new Entry(Kind.CREATE, name(file), content))) {
            return false;
        }
        taken.put(file, content);
        return true;
    }

    /** The journal failed in writing it, and may have it all the same: then it is to be forgotten with the file. */
    private synchronized void mayHave(Path file, byte[] content) {
        taken.put(file, content);
    }

    /** False if there is no room. */
    private boolean append(Entry entry) throws JournalException {
        if (!taking.hasRoomFor(entry) && unsettled.isEmpty() && settling.isEmpty()) {
            turn();
        }
        if (!taking.hasRoomFor(entry)) {
            return false; // the other is not settled yet, or an empty one is too small
        }
        if (taking.isEmpty()) {
            notifyAll();
        }
        try {
            taking.append(entry);
            return true;
        } catch (IOException e) {
            throw new JournalException(e);
        }
    }

    /** What was taken is to be settled from now on, and the other journal takes what is new. */
    private void turn() {
        Journal full = taking;
        taking = settling;
        settling = full;
        Map<Path, byte[]> empty = unsettled;
        unsettled = taken;
        taken = empty;
        taking.begin(++generation);
        turns++;
        notifyAll();
    }

    /** The file is durable as it is, or gone: the next start must not make it again. Needs the lock of the places. */
    private synchronized void forget(Path file) throws IOException {
        if (!isPending(file)) {
            return;
        }
        if (!isForgotten(file)) {
            taken.remove(file);
            unsettled.remove(file);
            settleAll();
        }
        taken.remove(file);
        unsettled.remove(file);
    }

    private boolean isForgotten(Path file) {
        try {
            return append(new Entry(Kind.FORGET, name(file), new byte[0]));
        } catch (JournalException e) {
            log.warn("cannot write the journal in {}; emptying it", folder, e);
            return false;
        }
    }

    private String name(Path file) {
        return folder.relativize(file).toString();
    }

    /** The settler's thread. */
    private void settle() {
        while (awaitWork()) {
            try {
                settleOne();
            } catch (IOException e) {
                failed(e);
            }
        }
    }

    /** Until a journal is full, or what the other has taken has had its time. @return false when closed */
    private synchronized boolean awaitWork() {
        try {
            while (!closed && settling.isEmpty() && taking.isEmpty()) {
                wait();
            }
            if (!closed && settling.isEmpty()) {
                wait(quiet.toMillis());
                if (!closed && settling.isEmpty() && !taking.isEmpty()) {
                    turn();
                }
            }
            return !closed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void settleOne() throws IOException {
        Map<Path, byte[]> now;
        long turn;
        synchronized (this) {
            now = Map.copyOf(unsettled);
            turn = turns;
        }
        for (Map.Entry<Path, byte[]> file : now.entrySet()) {
            put(file.getKey(), file.getValue());
        }
        sync(now.keySet());
        synchronized (this) {
            if (turn == turns) {
                settling.clear();
                unsettled.clear();
            }
            stuck = false;
        }
    }

    private void put(Path file, byte[] content) throws IOException {
        synchronized (places) {
            if (pending(file) == content) { // else it was replaced or deleted meanwhile, durably
                Files.createDirectories(file.getParent()); // a power cut may have taken that, too
                files.put(file, content);
            }
        }
    }

    /** Needs the lock of the places, too. */
    private synchronized void settleAll() throws IOException {
        Map<Path, byte[]> all = new HashMap<>(unsettled);
        all.putAll(taken);
        for (Map.Entry<Path, byte[]> file : all.entrySet()) {
            put(file.getKey(), file.getValue());
        }
        sync(all.keySet());
        turns++;
        settling.clear();
        taking.clear();
        taking.begin(++generation);
        unsettled.clear();
        taken.clear();
    }

    private void sync(Set<Path> all) throws IOException {
        for (Path file : all) {
            try {
                files.sync(file);
            } catch (NoSuchFileException e) {
                log.debug("{} was deleted meanwhile, durably", file);
            }
        }
    }

    private synchronized void areStuck(IOException e) {
        if (!stuck) {
            log.error("cannot put new files in {} at their places; they are in the journal", folder, e);
        }
        stuck = true;
    }

    /** Waits a while before it is tried again. */
    private synchronized void failed(IOException e) {
        areStuck(e);
        try {
            if (!closed) {
                wait(quiet.toMillis());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Puts everything at its place, so that the next start has nothing to do. */
    @Override
    public void close() throws IOException {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            notifyAll();
        }
        try {
            settler.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (places) {
            closeJournals();
        }
    }

    private synchronized void closeJournals() throws IOException {
        try (Journal one = taking;
                Journal other = settling) {
            settleAll();
        }
    }

    private static final class JournalException extends Exception {
        private static final long serialVersionUID = 1L;

        JournalException(IOException cause) {
            super(cause);
        }
    }
}
