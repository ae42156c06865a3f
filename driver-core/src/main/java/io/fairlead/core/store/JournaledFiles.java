package io.fairlead.core.store;

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
 * Files below a folder of which new ones are made as soon as a {@link Journal} has them: that takes one write to the disk, and making a file
 * several, and up to half a millisecond. In the background they are put where they belong, after a second or when a journal is full. Until then the
 * journal is part of the truth: what is not at its place yet is read from here, also by the next daemon.
 *
 * <p>What the journals have no room for, and everything while the disk is nearly full, files cannot be put at their places or a journal cannot be
 * written, is made durable the plain way, which fails where that fails.
 *
 * <p>For one process at a time. For several threads, but only one for each file.
 */
public final class JournaledFiles implements StateFiles, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(JournaledFiles.class);
    private static final int JOURNAL_BYTES = 1 << 20;
    /** With less than that free, a client is to hear of a full disk at once. All that is in full journals takes less. */
    private static final long RESERVE_BYTES = 16L << 20;
    /** How long a file may be in the journal only; the next start has less to do then. */
    private static final Duration QUIET = Duration.ofSeconds(1);

    private final Path folder;
    private final Duration quiet;
    private final NewFiles fresh;
    private final FileStore disk;
    private final DurableFiles files = new DurableFiles();
    private final Thread settler = new Thread(this::settle, "state-journal");
    /** Whoever changes a file that is in a journal holds it. */
    private final Object places = new Object();
    /** Files cannot be put at their places. */
    private volatile boolean stuck;

    private JournaledFiles(Path folder, Duration quiet, NewFiles fresh, FileStore disk) {
        this.folder = folder;
        this.disk = disk;
        this.quiet = quiet;
        this.fresh = fresh;
    }

    /** Opens the journals in a folder, with what they have of the files below it. */
    public static JournaledFiles open(Path folder) throws IOException {
        return open(folder, JOURNAL_BYTES, QUIET);
    }

    static JournaledFiles open(Path folder, int journalBytes, Duration quiet) throws IOException {
        Files.createDirectories(folder);
        JournaledFiles files =
                new JournaledFiles(folder, quiet, NewFiles.open(folder, journalBytes), Files.getFileStore(folder));
        files.settleFirst();
        files.settler.setDaemon(true);
        files.settler.start();
        return files;
    }

    /** Before anybody looks at the places; what cannot be put there now is tried again. */
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

    /** The next start must not make it again. The caller holds the places. */
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
        Set<String> names =
                new HashSet<>(fresh.names(directory)); // first: what is put at its place meanwhile is found there
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
            put(file.getKey(), file.getValue());
        }
        for (Path file : batch.keySet()) {
            try {
                files.sync(file);
            } catch (NoSuchFileException e) {
                log.debug("{} was deleted meanwhile, durably", file);
            }
        }
    }

    private void put(Path file, byte[] content) throws IOException {
        synchronized (places) {
            if (fresh.content(file) == content) { // else it was replaced or deleted meanwhile, durably
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

    /** Puts everything at its place, so that the next start has nothing to do. */
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
