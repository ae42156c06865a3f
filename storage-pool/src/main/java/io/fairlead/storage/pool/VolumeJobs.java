package io.fairlead.storage.pool;

import io.fairlead.core.error.ErrorCode;
import io.fairlead.storage.driver.StorageErrors;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who works on which volume of a pool. Readers of a volume share it, a change has it alone, and the pool as a whole is had
 * alone by what stops it. Whoever waits for a stream is refused at once: a client decides how long one lasts.
 */
final class VolumeJobs {
    private static final long WAIT_MILLIS = 30_000; // as long as a change of a domain waits

    private static final class Use {
        int readers;
        boolean changed;
        int streams;

        /** By nobody but streams. */
        boolean isStreamed() {
            return changed ? streams > 0 : readers == streams;
        }
    }

    /** The right to work on volumes, until closed. */
    interface Hold extends AutoCloseable {
        @Override
        void close();
    }

    private final String pool;
    private final Map<String, Use> uses = new HashMap<>();
    private boolean whole;

    VolumeJobs(String pool) {
        this.pool = pool;
    }

    /** Has one volume alone. */
    Hold change(String volume) {
        return take(List.of(), volume, false);
    }

    /** Has a volume alone that is made from others, which stay as they are meanwhile. */
    Hold copy(String from, String to) {
        return take(List.of(from), to, false);
    }

    Hold read(String volume) {
        return take(List.of(volume), null, false);
    }

    Hold streamInto(String volume) {
        return take(List.of(), volume, true);
    }

    Hold streamFrom(String volume) {
        return take(List.of(volume), null, true);
    }

    /** Has the whole pool alone, but for streams: those go on in what they have open, as they do when libvirt stops a pool. */
    synchronized Hold all() {
        await(() -> !whole && uses.values().stream().allMatch(Use::isStreamed), () -> {});
        whole = true;
        return () -> {
            synchronized (this) {
                whole = false;
                notifyAll();
            }
        };
    }

    private synchronized Hold take(List<String> read, String changed, boolean stream) {
        await(() -> free(read, changed), () -> {
            if (changed != null) {
                refuseStreaming(changed, false);
            }
            read.forEach(volume -> refuseStreaming(volume, true));
        });
        for (String volume : read) {
            Use use = uses.computeIfAbsent(volume, name -> new Use());
            use.readers++;
            use.streams += stream ? 1 : 0;
        }
        if (changed != null) {
            Use use = uses.computeIfAbsent(changed, name -> new Use());
            use.changed = true;
            use.streams += stream ? 1 : 0;
        }
        return new OnceHold(() -> give(read, changed, stream));
    }

    private boolean free(List<String> read, String changed) {
        if (whole || changed != null && uses.containsKey(changed)) {
            return false;
        }
        return read.stream().allMatch(volume -> !uses.containsKey(volume) || !uses.get(volume).changed);
    }

    private void refuseStreaming(String volume, boolean onlyChanging) {
        Use use = uses.get(volume);
        if (use != null && use.streams > 0 && (use.changed || !onlyChanging)) {
            throw StorageErrors.of(ErrorCode.OPERATION_INVALID, "volume '%s' is still in use.".formatted(volume));
        }
    }

    private synchronized void give(List<String> read, String changed, boolean stream) {
        for (String volume : read) {
            Use use = uses.get(volume);
            use.readers--;
            use.streams -= stream ? 1 : 0;
            if (use.readers == 0 && !use.changed) {
                uses.remove(volume);
            }
        }
        if (changed != null) {
            uses.remove(changed);
        }
        notifyAll();
    }

    private interface Condition {
        boolean holds();
    }

    private void await(Condition condition, Runnable refuse) {
        long deadline = System.nanoTime() + WAIT_MILLIS * 1_000_000;
        while (!condition.holds()) {
            refuse.run();
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw StorageErrors.of(
                        ErrorCode.OPERATION_TIMEOUT, "another change in pool '%s' takes too long".formatted(pool));
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw StorageErrors.of(ErrorCode.OPERATION_FAILED, "interrupted while waiting for a volume");
            }
        }
    }

    private static final class OnceHold implements Hold {
        private Runnable give;

        OnceHold(Runnable give) {
            this.give = give;
        }

        @Override
        public synchronized void close() {
            if (give != null) {
                give.run();
                give = null;
            }
        }
    }
}
