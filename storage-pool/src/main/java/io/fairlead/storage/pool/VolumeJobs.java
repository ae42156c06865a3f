package io.fairlead.storage.pool;

import io.fairlead.kit.error.ErrorCode;
import io.fairlead.storage.driver.StorageErrors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;

/**
 * The work under way on the volumes of a pool. Readers share a volume, a change holds it alone, and a stop holds the
 * whole pool alone. Work that would wait for a stream is refused, since a client decides how long a stream lasts. But a
 * stream that is silent for some seconds counts as forgotten by its client, and gives way.
 */
final class VolumeJobs {
    private static final long WAIT_MILLIS = 30_000; // as long as a change of a domain waits

    private static final long FORGOTTEN_NANOS = 3_000_000_000L;
    /** A stream with traffic within this time still has a client. */
    private static final long BUSY_NANOS = 100_000_000L;

    private static final long LOOK_MILLIS = 20;

    private static final class Use {
        int readers;
        boolean changed;
        final List<StreamHold> streams = new ArrayList<>();

        /** Held by nothing but streams. */
        boolean isStreamed() {
            return changed ? !streams.isEmpty() : readers == streams.size();
        }
    }

    /** The right to work on volumes, until closed. */
    interface Hold extends AutoCloseable {
        @Override
        void close();
    }

    /** The hold of a stream. */
    final class StreamHold implements Hold {
        private LongSupplier silentNanos = () -> 0; // this and the others: guarded by the jobs
        private Runnable giveUp = () -> {};
        private boolean givenUp;
        private Hold hold;

        private StreamHold() {}

        /** As {@link VolumeTransfers.Transfer#givesWay}. */
        void givesWay(LongSupplier silence, Runnable end) {
            synchronized (VolumeJobs.this) {
                silentNanos = silence;
                giveUp = end;
            }
        }

        /** Returns after how many milliseconds to ask again, or -1 if this stream goes on. */
        private long millisToWait(long askedNanos) {
            long now = System.nanoTime();
            long silent = silentNanos.getAsLong();
            if (now - silent - askedNanos > BUSY_NANOS) {
                return givenUp ? LOOK_MILLIS : -1;
            }
            if (!givenUp && silent >= FORGOTTEN_NANOS) {
                givenUp = true;
                giveUp.run();
            }
            return LOOK_MILLIS;
        }

        @Override
        public void close() {
            hold.close();
        }
    }

    private final String pool;
    private final Map<String, Use> uses = new HashMap<>();
    private boolean whole;

    VolumeJobs(String pool) {
        this.pool = pool;
    }

    /** Has one volume alone. */
    Hold change(String volume) {
        return take(List.of(), volume, null);
    }

    /** Holds a new volume alone, and keeps the volumes it is made from unchanged meanwhile. */
    Hold copy(String from, String to) {
        return take(List.of(from), to, null);
    }

    Hold read(String volume) {
        return take(List.of(volume), null, null);
    }

    StreamHold streamInto(String volume) {
        return stream(List.of(), volume);
    }

    StreamHold streamFrom(String volume) {
        return stream(List.of(volume), null);
    }

    private StreamHold stream(List<String> read, String changed) {
        StreamHold stream = new StreamHold();
        stream.hold = take(read, changed, stream);
        return stream;
    }

    /**
     * Holds the whole pool alone, but for streams: those go on with their open files, as they do when libvirt stops a
     * pool.
     */
    synchronized Hold all() {
        await(() -> !whole && uses.values().stream().allMatch(Use::isStreamed), asked -> WAIT_MILLIS);
        whole = true;
        return () -> {
            synchronized (this) {
                whole = false;
                notifyAll();
            }
        };
    }

    private synchronized Hold take(List<String> read, String changed, StreamHold stream) {
        await(() -> free(read, changed), asked -> {
            long wait = changed == null ? WAIT_MILLIS : millisToWait(changed, false, asked);
            for (String volume : read) {
                wait = Math.min(wait, millisToWait(volume, true, asked));
            }
            return wait;
        });
        for (String volume : read) {
            Use use = uses.computeIfAbsent(volume, name -> new Use());
            use.readers++;
            if (stream != null) {
                use.streams.add(stream);
            }
        }
        if (changed != null) {
            Use use = uses.computeIfAbsent(changed, name -> new Use());
            use.changed = true;
            if (stream != null) {
                use.streams.add(stream);
            }
        }
        return new OnceHold(() -> give(read, changed, stream));
    }

    private boolean free(List<String> read, String changed) {
        if (whole || changed != null && uses.containsKey(changed)) {
            return false;
        }
        return read.stream().allMatch(volume -> !uses.containsKey(volume) || !uses.get(volume).changed);
    }

    private long millisToWait(String volume, boolean onlyChanging, long askedNanos) {
        Use use = uses.get(volume);
        long wait = WAIT_MILLIS;
        if (use != null && (use.changed || !onlyChanging)) {
            for (StreamHold stream : use.streams) {
                long some = stream.millisToWait(askedNanos);
                if (some < 0) {
                    throw StorageErrors.of(
                            ErrorCode.OPERATION_INVALID, "volume '%s' is still in use.".formatted(volume));
                }
                wait = Math.min(wait, some);
            }
        }
        return wait;
    }

    private synchronized void give(List<String> read, String changed, StreamHold stream) {
        for (String volume : read) {
            Use use = uses.get(volume);
            use.readers--;
            use.streams.remove(stream);
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

    /** @param patience given when the wait began, returns for how many milliseconds at most to wait on; or refuses */
    private void await(Condition condition, LongUnaryOperator patience) {
        long asked = System.nanoTime();
        long deadline = asked + WAIT_MILLIS * 1_000_000;
        while (!condition.holds()) {
            long wait = patience.applyAsLong(asked);
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw StorageErrors.of(
                        ErrorCode.OPERATION_TIMEOUT, "another change in pool '%s' takes too long".formatted(pool));
            }
            try {
                wait(Math.min(left, wait));
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
