package io.fairlead.kit.store;

import io.fairlead.kit.thread.DaemonThreads;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files below a folder. A new file counts as made as soon as a {@link Journal} has it: that takes one write to the
 * disk, while making a file takes several and up to half a millisecond. In the background the files are put at their
 * places, after a second or when a journal is full. Until then they are read from the journal, also by the next daemon.
 *
 * <p>Files are written directly to their places if the journals have no room for them, if the disk is nearly full, if
 * earlier files cannot be put at their places, or if a journal cannot be written. An error of the direct write is
 * thrown.
 *
 * <p>For one process at a time. Several threads may use it, but only one at a time for each file.
 */
public final class JournaledFiles implements StateFiles, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(JournaledFiles.class);
    private static final int JOURNAL_BYTES = 1 << 20;
    /**
     * With less free space than this, a client must learn of a full disk at once. The files of two full journals need
     * less.
     */
    private static final long RESERVE_BYTES = 16L << 20;
    /** The time for which a file may be in the journal only. The shorter, the less the next start has to do. */
    private static final Duration QUIET = Duration.ofSeconds(1);

    private final Path folder;
    private final Duration quiet;
    private final NewFiles fresh;
    private final FileStore disk;
    private final DurableFiles files = new DurableFiles();
    private final Thread settler = DaemonThreads.named("state-journal", this::settle);
    /** Held by a thread that changes a file which is in a journal. */
    private final Object places = new Object();
    /** Whether files cannot be put at their places now. */
    private volatile boolean stuck;

    private JournaledFiles(Path folder, Duration quiet, NewFiles fresh, FileStore disk) {
        this.folder = folder;
        this.disk = disk;
        this.quiet = quiet;
        this.fresh = fresh;
    }

    /** Opens the journals in a folder, with their entries about the files below it. */
    public static JournaledFiles open(Path folder) throws IOException {
        return open(folder, JOURNAL_BYTES, QUIET);
    }

    static JournaledFiles open(Path folder, int journalBytes, Duration quiet) throws IOException {
        Files.createDirectories(folder);
        JournaledFiles files =
                new JournaledFiles(folder, quiet, NewFiles.open(folder, journalBytes), Files.getFileStore(folder));
        files.settleFirst();
        files.settler.start();
        return files;
    }

    /** Puts the files of an earlier daemon at their places, before any other use. Failures are tried again later. */
    private void settleFirst() {
        try {
            settleAll();
        } catch (IOException e) {
            areStuck(e);
        }
    }

    @Override
    public void create(Path file, byte[] content) throws IOException {
        if (exists(file)) {
            write(file, content);
            return;
        }
        boolean taken;
        try {
            taken = !stuck && disk.getUsableSpace() >= RESERVE_BYTES && fresh.take(file, content);
        } catch (IOException e) {
            log.warn("cannot write the journal in {}; doing without", folder, e);
            files.create(file, content);
            fresh.keep(file, content);
            return;
        }
        if (!taken) {
            files.create(file, content);
        }
    }

    @Override
    public void write(Path file, byte[] content) throws IOException {
        if (!fresh.has(file)) {
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
        if (!fresh.has(file)) {
            files.delete(file);
            return;
        }
        synchronized (places) {
            files.delete(file);
            forget(file);
        }
    }

    @Override
    public void put(Path file, byte[] content) throws IOException {
        if (fresh.has(file)) {
            write(file, content); // the journal's older content must not come back
        } else {
            files.put(file, content);
        }
    }

    @Override
    public void remove(Path file) throws IOException {
        if (fresh.has(file)) {
            delete(file);
        } else {
            files.remove(file);
        }
    }

    /**
     * Voids the journal's entry, so that the next start does not make the file again. The caller holds {@link #places}.
     */
    private void forget(Path file) throws IOException {
        if (fresh.has(file) && !fresh.forget(file)) {
            settleAll();
        }
    }

    @Override
    public boolean exists(Path file) {
        return fresh.has(file) || files.exists(file);
    }

    @Override
    public byte[] read(Path file) throws IOException {
        byte[] content = fresh.content(file);
        return content != null ? content.clone() : files.read(file);
    }

    @Override
    public Set<String> names(Path directory) throws IOException {
        Set<String> names = new HashSet<>(fresh.names(directory)); // first: a file that moves meanwhile is found below
        names.addAll(files.names(directory));
        return names;
    }

    /** The settler's thread. */
    private void settle() {
        while (fresh.await(quiet)) {
            try {
                NewFiles.Batch batch = fresh.batch();
                settle(batch.files());
                fresh.settled(batch);
                stuck = false;
            } catch (IOException e) {
                areStuck(e);
                fresh.pause(quiet);
            }
        }
    }

    private void settle(Map<Path, byte[]> batch) throws IOException {
        for (Map.Entry<Path, byte[]> file : batch.entrySet()) {
            place(file.getKey(), file.getValue());
        }
        for (Path file : batch.keySet()) {
            try {
                files.sync(file);
            } catch (NoSuchFileException e) {
                log.debug("{} was deleted meanwhile, durably", file);
            }
        }
    }

    private void place(Path file, byte[] content) throws IOException {
        synchronized (places) {
            if (fresh.content(file) == content) { // otherwise it was replaced or deleted meanwhile, durably
                Files.createDirectories(file.getParent()); // a power cut may have taken that, too
                files.put(file, content);
            }
        }
    }

    private void settleAll() throws IOException {
        synchronized (places) { // before the lock of the new files, as everywhere
            fresh.settleAll(this::settle);
        }
    }

    private void areStuck(IOException e) {
        if (!stuck) {
            log.error("cannot put new files in {} at their places; they are in the journal", folder, e);
        }
        stuck = true;
    }

    /** Puts all files at their places, so that the next start has nothing to do. */
    @Override
    @SuppressWarnings("try") // the journals are closed, not used
    public void close() throws IOException {
        if (!fresh.stopWaiting()) {
            return;
        }
        try {
            settler.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try (NewFiles closing = fresh) {
            settleAll();
        }
    }
}
