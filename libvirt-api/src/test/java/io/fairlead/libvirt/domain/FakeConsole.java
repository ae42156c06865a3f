package io.fairlead.libvirt.domain;

import io.fairlead.core.backend.ConsoleSession;
import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;

/** A console whose guest writes a test's output, and reads its input only as fast as the test allows. */
final class FakeConsole implements ConsoleSession {
    private static final byte[] END = new byte[0];

    final CountDownLatch closed = new CountDownLatch(1);
    final Semaphore guestReads = new Semaphore(0);
    private final BlockingQueue<byte[]> output = new LinkedBlockingQueue<>();
    private final ByteArrayOutputStream typed = new ByteArrayOutputStream();
    private volatile boolean ended;

    void guestWrites(byte[] data) {
        output.add(data);
    }

    void guestEnds() {
        ended = true;
        output.add(END);
    }

    synchronized byte[] typed() {
        return typed.toByteArray();
    }

    int unread() {
        return output.size();
    }

    @Override
    public byte[] read() throws InterruptedException {
        byte[] data = output.take();
        if (data == END) {
            output.add(END); // the output stays at its end
            return null;
        }
        return data;
    }

    @Override
    public void write(byte[] data) {
        if (ended) {
            throw new EngineException(ErrorCode.OPERATION_INVALID, "domain is not running");
        }
        guestReads.acquireUninterruptibly();
        synchronized (this) {
            typed.writeBytes(data);
        }
    }

    @Override
    public void close() {
        ended = true;
        output.add(END);
        guestReads.release(1000);
        closed.countDown();
    }
}
