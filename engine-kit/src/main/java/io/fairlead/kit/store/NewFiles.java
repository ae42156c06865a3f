package io.fairlead.kit.store;

import static java.util.stream.Collectors.toSet;

import io.fairlead.kit.store.Journal.Entry;
import io.fairlead.kit.store.Journal.Generation;
import io.fairlead.kit.store.Journal.Kind;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files that are in a journal and not yet known to be at their places. There are two {@link Journal}s. While the files
 * of one are being settled (put at their places, durably), the other takes new files.
 *
 * <p>Safe for concurrent use; one thread may wait for work.
 */
@SuppressWarnings("try") // journals are closed, not used
final class NewFiles implements Closeable {
    private static final Logger log = LoggerFactory.getLogger(NewFiles.class);

    /** Some files that are to be settled together. */
    record Batch(Map<Path, byte[]> files, long turn) {}

    /** Puts files at their places, durably. */
    interface Settling {
        void settle(Map<Path, byte[]> files) throws IOException;
    }

    private final Path folder;
    private Journal taking; // guarded by this, like all fields below
    private Journal full;
    private Map<Path, byte[]> taken = new HashMap<>();
    private Map<Path, byte[]> unsettled = new HashMap<>();
    private long generation;
    private long turns;
    private boolean closing;

    private NewFiles(Path folder) {
        this.folder = folder;
    }

    /** Opens the journals in a folder, with an earlier process's entries about the files below it. */
    static NewFiles open(Path folder, int journalBytes) throws IOException {
        NewFiles files = new NewFiles(folder);
        Journal one = Journal.open(folder.resolve("journal.0"), journalBytes);
        Journal other = Journal.open(folder.resolve("journal.1"), journalBytes);
        files.resume(one, other);
        return files;
    }

    private synchronized void resume(Journal one, Journal other) throws IOException {
        Generation first = one.resume();
        Generation second = other.resume();
        boolean firstIsNewer =
                second.entries().isEmpty() || !first.entries().isEmpty() && first.number() > second.number();
        taking = firstIsNewer ? one : other;
        full = firstIsNewer ? other : one;
        generation = Math.max(first.number(), second.number());
        resume(firstIsNewer ? second : first, unsettled);
        resume(firstIsNewer ? first : second, taken);
        if (taking.isEmpty()) {
            taking.begin(++generation);
        } else {
            log.info("the journals in {} have {} new files", folder, taken.size() + unsettled.size());
        }
    }

    private void resume(Generation past, Map<Path, byte[]> files) {
        for (Entry entry : past.entries()) {
            Path file = folder.resolve(entry.path()).normalize();
            if (!file.startsWith(folder)) {
                log.error("the journal in {} has a file that lies elsewhere: {}; left out", folder, entry.path());
            } else if (entry.kind() == Kind.CREATE) {
                files.put(file, entry.content());
            } else {
                drop(file);
            }
        }
    }

    /** Null if the file is not in a journal. */
    synchronized byte[] content(Path file) {
        byte[] content = taken.get(file);
        return content != null ? content : unsettled.get(file);
    }

    boolean has(Path file) {
        return content(file) != null;
    }

    synchronized Set<String> names(Path directory) {
        return Stream.concat(taken.keySet().stream(), unsettled.keySet().stream())
                .filter(file -> directory.equals(file.getParent()))
                .map(file -> file.getFileName().toString())
                .collect(toSet());
    }

    /**
     * Takes a new file. Once this returns true, the file is in a journal, on the disk.
     *
     * @return false if there is no room: the other journal is not settled yet, or an empty one is too small
     * @throws IOException if the journal fails; the file may be in it nevertheless: see {@link #keep}
     */
    synchronized boolean take(Path file, byte[] content) throws IOException {
        boolean appended = append(new Entry(Kind.CREATE, name(file), content));
        if (appended) {
            keep(file, content);
        }
        return appended;
    }

    /** Notes that the file may be in a journal, where it must be voided when the file is replaced or deleted. */
    synchronized void keep(Path file, byte[] content) {
        taken.put(file, content);
    }

    /**
     * The file is durable at its place, or gone: it must not be settled any more.
     *
     * @return false if the journal has no room for this entry: then all other files must be settled
     */
    synchronized boolean forget(Path file) {
        boolean told = false;
        try {
            told = append(new Entry(Kind.FORGET, name(file), new byte[0]));
        } catch (IOException e) {
            log.warn("cannot write the journal in {}; emptying it", folder, e);
        }
        drop(file);
        return told;
    }

    private void drop(Path file) {
        taken.remove(file);
        unsettled.remove(file);
    }

    private boolean append(Entry entry) throws IOException {
        if (!taking.hasRoomFor(entry) && unsettled.isEmpty() && full.isEmpty()) {
            turn();
        }
        if (!taking.hasRoomFor(entry)) {
            return false;
        }
        if (taking.isEmpty()) {
            notifyAll();
        }
        taking.append(entry);
        return true;
    }

    private String name(Path file) {
        return folder.relativize(file).toString();
    }

    /** Swaps the journals: the files taken so far are to be settled, and the other journal takes new ones. */
    private void turn() {
        Journal next = full;
        full = taking;
        taking = next;
        Map<Path, byte[]> empty = unsettled;
        unsettled = taken;
        taken = empty;
        taking.begin(++generation);
        turns++;
        notifyAll();
    }

    /**
     * Waits until a journal is full, or until files in the other one have waited for {@code quiet}.
     *
     * @return false when closing
     */
    synchronized boolean await(Duration quiet) {
        try {
            while (!closing && full.isEmpty() && taking.isEmpty()) {
                wait();
            }
            if (!closing && full.isEmpty()) {
                wait(quiet.toMillis());
                if (!closing && full.isEmpty() && !taking.isEmpty()) {
                    turn();
                }
            }
            return !closing;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Waits a while, unless closing. */
    synchronized void pause(Duration time) {
        try {
            if (!closing) {
                wait(time.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The files of the journal that is full. */
    synchronized Batch batch() {
        return new Batch(Map.copyOf(unsettled), turns);
    }

    /** The files of the batch are at their places. */
    synchronized void settled(Batch batch) throws IOException {
        if (batch.turn == turns) {
            full.clear();
            unsettled.clear();
        }
    }

    /** Settles all files; new ones wait meanwhile. */
    synchronized void settleAll(Settling settling) throws IOException {
        Map<Path, byte[]> all = new HashMap<>(unsettled);
        all.putAll(taken);
        settling.settle(all);
        turns++;
        full.clear();
        taking.clear();
        taking.begin(++generation);
        unsettled.clear();
        taken.clear();
    }

    /** Ends {@link #await}. @return false if that was done before */
    synchronized boolean stopWaiting() {
        boolean first = !closing;
        closing = true;
        notifyAll();
        return first;
    }

    /** Files that are not settled stay in the journals. */
    @Override
    public synchronized void close() throws IOException {
        try (Journal one = taking;
                Journal other = full) {
            // closes both, even if closing one fails
        }
    }
}
