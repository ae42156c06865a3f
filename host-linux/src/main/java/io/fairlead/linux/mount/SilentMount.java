package io.fairlead.linux.mount;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A mount of a network file system whose server does not answer. */
public final class SilentMount {
    /** The kernel takes a mount out of the tree without asking any server; that never takes so long. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private static final Duration LOOK = Duration.ofMillis(10);

    private SilentMount() {}

    /**
     * Takes it out of the tree, without waiting for the server. Calls that wait for the server fail with EIO, and bytes
     * not yet written out are lost. After that the kernel takes leave of the server (NFS 4 ends its session). That can
     * take minutes, in a thread of its own. Does nothing if nothing is mounted there.
     *
     * @throws IOException when the mount is still there after ten seconds
     */
    public static void abandon(Path target) throws IOException {
        if (!isThere(target)) {
            return;
        }
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        Mounts.force(target);
                        done.complete(null);
                    } catch (IOException | RuntimeException e) {
                        done.completeExceptionally(e);
                    }
                },
                "fairlead-unmount");
        thread.setDaemon(true);
        thread.start();
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!isDone(done) && isThere(target)) {
            if (System.nanoTime() > end) {
                throw new IOException("%s is still mounted after %d s".formatted(target, LIMIT.toSeconds()));
            }
        }
    }

    private static boolean isThere(Path target) throws IOException {
        return MountTable.own().at(target).isPresent();
    }

    private static boolean isDone(CompletableFuture<Void> done) throws IOException {
        try {
            done.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failed) {
                throw failed;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a mount is abandoned");
        }
    }
}
