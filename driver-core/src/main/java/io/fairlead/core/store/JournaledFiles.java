package io.fairlead.core.store;

import io.fairlead.core.store.Journal.Entry;
import io.fairlead.core.store.Journal.Generation;
import io.fairlead.core.store.Journal.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files below a folder of which new ones are durable as soon as a {@link Journal} has them: a third of the time that the file
 * system takes to make a name and a content durable. The files themselves are the truth and are there at once; they reach
 * the disk in the background, and what had not when the power went is made again from the journal at the next start.
 *
 * <p>There are two journals. While the files of one are brought to the disk, the other takes what is new. What neither has room for,
 * and everything when a journal cannot be written, is made durable the plain way.
 *
 * <p>For one process at a time. For several threads, but only one for each file.
 */
@SuppressWarnings("try") // journals are closed, not used
public final class JournaledFiles implements StateFiles, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(JournaledFiles.class);
    private static final int JOURNAL_BYTES = 1 << 20;
    /** How long a file may have been made before it is brought to the disk; the next start has less to do then. */
    private static final Duration QUIET = Duration.ofSeconds(1);

    private final Path folder;
    private final Duration quiet;
    private final DurableFiles files = new DurableFiles();
    private final Thread settler = new Thread(this::settle, "state-journal");
    private Journal taking; // guarded by this, as is all below
    private Journal settling;
    private Set<Path> taken = ConcurrentHashMap.newKeySet();
    private Set<Path> unsettled = ConcurrentHashMap.newKeySet();
    private long generation;
    private long turns;
    private boolean closed;

    private JournaledFiles(Path folder, Duration quiet, Journal one, Journal other) {
        this.folder = folder;
        this.quiet = quiet;
        this.taking = one;
        this.settling = other;
    }

    /** Opens the journals in a folder, and makes what a power cut took of the files below it. */
    public static JournaledFiles open(Path folder) throws IOException {
        return open(folder, JOURNAL_BYTES, QUIET);
    }

    static JournaledFiles open(Path folder, int journalBytes, Duration quiet) throws IOException {
        Files.createDirectories(folder);
        Journal one = Journal.open(folder.resolve("journal.0"), journalBytes);
        Journal other = Journal.open(folder.resolve("journal.1"), journalBytes);
        JournaledFiles files = new JournaledFiles(folder, quiet, one, other);
        files.replay();
        files.settler.setDaemon(true);
        files.settler.start();
        return files;
    }

    private synchronized void replay() throws IOException {
        List<Generation> found = List.of(taking.read(), settling.read());
        Map<String, byte[]> made = new LinkedHashMap<>();
        found.stream().sorted(Comparator.comparing(Generation::number)).forEach(past -> past.entries()
                .forEach(entry -> made.put(entry.path(), entry.kind() == Kind.CREATE ? entry.content() : null)));
        for (Map.Entry<String, byte[]> entry : made.entrySet()) {
            if (entry.getValue() != null) {
                restore(entry.getKey(), entry.getValue());
            }
        }
        generation = found.stream().mapToLong(Generation::number).max().orElse(0);
        settling.begin(generation);
        settling.clear();
        taking.begin(generation);
        taking.clear();
        taking.begin(++generation);
    }

    private void restore(String path, byte[] content) throws IOException {
        Path file = folder.resolve(path).normalize();
        if (!file.startsWith(folder)) {
            log.error("the journal in {} has a file that lies elsewhere: {}; left out", folder, path);
        } else if (Files.exists(file) && Arrays.equals(Files.readAllBytes(file), content)) {
            files.sync(file);
        } else {
            log.info("restoring {} from the journal", file);
            Files.createDirectories(file.getParent());
            files.write(file, content);
        }
    }

    @Override
    public void create(Path file, byte[] content) throws IOException {
        if (Files.exists(file)) {
            write(file, content);
            return;
        }
        files.put(file, content);
        if (!journal(new Entry(Kind.CREATE, name(file), content), file)) {
            files.sync(file);
        }
    }

    @Override
    public void write(Path file, byte[] content) throws IOException {
        files.write(file, content);
        forget(file);
    }

    @Override
    public void delete(Path file) throws IOException {
        files.delete(file);
        forget(file);
    }

    /** False if it is not in the journal. */
    private synchronized boolean journal(Entry entry, Path file) {
        try {
            if (!taking.hasRoomFor(entry) && unsettled.isEmpty() && settling.isEmpty()) {
                turn();
            }
            if (!taking.hasRoomFor(entry)) {
                return false; // the other is not settled yet, or an empty one is too small
            }
            if (taking.isEmpty()) {
                notifyAll();
            }
            taking.append(entry);
            taken.add(file);
            return true;
        } catch (IOException e) {
            log.warn("cannot write the journal in {}; doing without", folder, e);
            return false;
        }
    }

    /** What was taken is to be settled from now on, and the other journal takes what is new. */
    private void turn() {
        Journal full = taking;
        taking = settling;
        settling = full;
        Set<Path> empty = unsettled;
        unsettled = taken;
        taken = empty;
        taking.begin(++generation);
        turns++;
        notifyAll();
    }

    /** The file is durable as it is, or gone: the next start must not make it again. */
    private synchronized void forget(Path file) throws IOException {
        if (!taken.contains(file) && !unsettled.contains(file)) {
            return;
        }
        if (!journal(new Entry(Kind.FORGET, name(file), new byte[0]), file)) {
            settleAll();
        }
        taken.remove(file);
        unsettled.remove(file);
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
                log.error("cannot bring new files in {} to the disk; trying again", folder, e);
                pause();
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
        Set<Path> now;
        long turn;
        synchronized (this) {
            now = Set.copyOf(unsettled);
            turn = turns;
        }
        sync(now);
        synchronized (this) {
            if (turn == turns) {
                settling.clear();
                unsettled.clear();
            }
        }
    }

    private synchronized void settleAll() throws IOException {
        Set<Path> all = new HashSet<>(unsettled);
        all.addAll(taken);
        sync(all);
        turns++;
        settling.clear();
        taking.clear();
        taking.begin(++generation);
        unsettled.clear();
        taken.clear();
    }

    private void sync(Set<Path> all) throws IOException {
        for (Path file : all) {
            if (Files.exists(file)) { // else it was deleted meanwhile, durably
                files.sync(file);
            }
        }
    }

    private synchronized void pause() {
        try {
            if (!closed) {
                wait(quiet.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Brings everything to the disk, so that the next start has nothing to do. */
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
        synchronized (this) {
            try (Journal one = taking;
                    Journal other = settling) {
                settleAll();
            }
        }
    }
}
