package io.fairlead.linux.process;

import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Pipe;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/**
 * A process of {@link Spawn} in the shape of Java's: its output and errors are pipes, its input is empty. Destroying it
 * kills its whole process group.
 */
final class PipedProcess extends Process implements AutoCloseable {
    private static final Duration LOOK = Duration.ofHours(1);

    private final SpawnedProcess process;
    private final PipeInput output;
    private final PipeInput errors;
    private volatile Integer status;

    private PipedProcess(SpawnedProcess process, PipeInput output, PipeInput errors) {
        this.process = process;
        this.output = output;
        this.errors = errors;
    }

    /** @throws ErrnoException if it cannot be started */
    static PipedProcess start(Spawn spawn, String name) throws IOException {
        Pipe output = Pipe.open("output of " + name);
        try {
            Pipe errors = Pipe.open("errors of " + name);
            try {
                SpawnedProcess process = spawn.descriptor(1, output.writer().number())
                        .descriptor(2, errors.writer().number())
                        .start();
                return new PipedProcess(process, new PipeInput(output.reader()), new PipeInput(errors.reader()));
            } catch (IOException | RuntimeException e) {
                errors.reader().close();
                throw e;
            } finally {
                errors.writer().close();
            }
        } catch (IOException | RuntimeException e) {
            output.reader().close();
            throw e;
        } finally {
            output.writer().close();
        }
    }

    @Override
    public OutputStream getOutputStream() {
        return OutputStream.nullOutputStream();
    }

    @Override
    public InputStream getInputStream() {
        return output;
    }

    @Override
    public InputStream getErrorStream() {
        return errors;
    }

    /** Not ended by an interrupt: a process of ours is killed, or waited for. */
    @Override
    public int waitFor() {
        try {
            while (status == null) {
                process.waitFor(LOOK).ifPresent(code -> status = code);
            }
        } catch (IOException e) {
            throw new IllegalStateException("cannot wait for a child of ours", e); // the kernel knows it until then
        }
        output.endSoon();
        errors.endSoon();
        return status;
    }

    @Override
    public int exitValue() {
        if (status == null) {
            throw new IllegalThreadStateException("it still runs");
        }
        return status;
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public void destroy() {
        try {
            process.killGroup();
        } catch (IOException e) {
            throw new IllegalStateException("cannot kill a child of ours", e);
        }
    }

    /** Kills it if it still runs. */
    @Override
    public void close() throws IOException {
        process.close();
        output.close();
        errors.close();
    }
}
