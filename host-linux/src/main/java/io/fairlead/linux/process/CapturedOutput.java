package io.fairlead.linux.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;

/** Keeps the beginning of what is written to it. One thread writes; another may read once that has ended. */
final class CapturedOutput extends OutputStream {
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final int limit;

    /** @param limit in bytes; the rest is dropped */
    CapturedOutput(int limit) {
        this.limit = limit;
    }

    @Override
    public void write(int one) {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        kept.write(bytes, offset, Math.min(length, limit - kept.size()));
    }

    String text() {
        return kept.toString(UTF_8);
    }
}
