package io.fairlead.libvirt.domain;

import io.fairlead.core.backend.Channel;
import io.fairlead.core.backend.Chunk;
import io.fairlead.core.backend.ConsoleSession;
import io.fairlead.core.backend.OutputReader;
import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

/** A console whose guest writes a test's output, and reads its input only as fast as the test allows. */
final class FakeConsole implements ConsoleSession, OutputReader {
    final CountDownLatch closed = new CountDownLatch(1);
    final Semaphore guestReads = new Semaphore(0);
    private final Queue<Chunk> output = new ArrayDeque<>(); // guarded by this, like all fields below
    private final ByteArrayOutputStream typed = new ByteArrayOutputStream();
    private Runnable ready = () -> {};
    private End end;

    void guestWrites(byte[] data) {
        synchronized (this) {
            for (int at = 0; at < data.length; at += Chunk.BYTES_MAX) {
                byte[] piece = Arrays.copyOfRange(data, at, Math.min(data.length, at + Chunk.BYTES_MAX));
                output.add(new Chunk(Channel.STDOUT, Instant.EPOCH, piece));
            }
        }
        tell();
    }

    void guestEnds() {
        ends(End.COMPLETE);
    }

    void ends(End why) {
        synchronized (this) {
            end = end == null ? why : end;
        }
        tell();
    }

    private void tell() {
        Runnable present;
        synchronized (this) {
            present = ready;
        }
        present.run();
    }

    synchronized byte[] typed() {
        return typed.toByteArray();
    }

    synchronized int unread() {
        return output.size();
    }

    @Override
    public OutputReader output() {
        return this;
    }

    @Override
    public synchronized Chunk poll() {
        return end == End.CLOSED ? null : output.poll();
    }

    @Override
    public synchronized Optional<End> end() {
        return output.isEmpty() || end == End.CLOSED ? Optional.ofNullable(end) : Optional.empty();
    }

    @Override
    public void onReady(Runnable action) {
        synchronized (this) {
            ready = action;
        }
        action.run();
    }

    @Override
    public void write(byte[] data) {
        if (end().isPresent()) {
            throw new EngineException(ErrorCode.OPERATION_INVALID, "domain is not running");
        }
        guestReads.acquireUninterruptibly();
        synchronized (this) {
            typed.writeBytes(data);
        }
    }

    @Override
    public void close() {
        ends(End.CLOSED);
        guestReads.release(1000);
        closed.countDown();
    }
}
