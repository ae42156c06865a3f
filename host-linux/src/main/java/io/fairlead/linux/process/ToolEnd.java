package io.fairlead.linux.process;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.commons.exec.ExecuteException;
import org.apache.commons.exec.ExecuteResultHandler;

/** The end of a tool, as Commons Exec reports it. Its own handler would look for it only every 50 ms. */
final class ToolEnd implements ExecuteResultHandler {
    private final CompletableFuture<Integer> status = new CompletableFuture<>();

    @Override
    public void onProcessComplete(int exitValue) {
        status.complete(exitValue);
    }

    @Override
    public void onProcessFailed(ExecuteException failure) {
        status.completeExceptionally(failure);
    }

    /**
     * The exit status. An interrupt does not end the wait, and is kept for whoever looks for it next.
     *
     * @throws IOException if the output could not be read, or nothing is heard in time
     */
    int await(Duration limit) throws IOException {
        long deadline = System.nanoTime() + limit.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return status.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw new IOException("a tool's end cannot be learned", e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("a tool does not end although it was killed", e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
