package io.fairlead.storage.pool;

import io.fairlead.kit.error.ErrorCode;
import io.fairlead.storage.driver.PoolBackend;
import io.fairlead.storage.driver.StorageErrors;
import io.fairlead.storage.driver.VolumeContent;
import java.util.function.LongSupplier;

/** Streams into and out of volumes. A volume is neither changed nor deleted while a stream lasts. */
public final class VolumeTransfers {
    private final GuestVolumes guests;

    VolumeTransfers(GuestVolumes guests) {
        this.guests = guests;
    }

    /** A part of a volume's bytes, held until closed. */
    public static final class Transfer implements AutoCloseable {
        private final Volume volume;
        private final VolumeContent content;
        private final VolumeJobs.StreamHold hold;
        private final long from;
        private final long to;
        private final boolean writing;

        private Transfer(
                Volume volume, VolumeContent content, VolumeJobs.StreamHold hold, long from, long to, boolean writing) {
            this.volume = volume;
            this.content = content;
            this.hold = hold;
            this.from = from;
            this.to = to;
            this.writing = writing;
        }

        public VolumeContent content() {
            return content;
        }

        /**
         * Allows this to end early when another call needs the volume and the client has been silent for some seconds.
         *
         * @param silentNanos how long it has been silent; 0 while there is something to do
         * @param giveUp called at most once, from any thread; must not block, and lead to {@link #close}
         */
        public void givesWay(LongSupplier silentNanos, Runnable giveUp) {
            hold.givesWay(silentNanos, giveUp);
        }

        /** Where it begins, in bytes from the volume's start. */
        public long from() {
            return from;
        }

        /** The byte behind its last. */
        public long to() {
            return to;
        }

        @Override
        public void close() {
            try (hold) {
                content.close();
                if (writing && volume.pool().status().active()) {
                    PoolBackend backend = volume.pool().active().backend();
                    Volumes.known(volume.pool(), backend.facts(volume.facts().name()));
                }
            }
        }
    }

    /** @param length 0 for everything behind the offset */
    public Transfer upload(Volume volume, long offset, long length) {
        return open(volume, offset, length, true);
    }

    /** @param length 0 for everything behind the offset */
    public Transfer download(Volume volume, long offset, long length) {
        return open(volume, offset, length, false);
    }

    private Transfer open(Volume volume, long offset, long length, boolean writing) {
        if (offset < 0 || length < 0) {
            throw StorageErrors.of(
                    ErrorCode.INVALID_ARG,
                    "offset %s and length %s do not lie in a volume"
                            .formatted(Long.toUnsignedString(offset), Long.toUnsignedString(length)));
        }
        VolumeJobs jobs = volume.pool().volumeJobs();
        String name = volume.facts().name();
        VolumeJobs.StreamHold hold = writing ? jobs.streamInto(name) : jobs.streamFrom(name);
        try {
            if (writing) {
                guests.requireFree(volume.pool(), name);
            }
            VolumeContent content = volume.pool().active().backend().open(name, writing);
            long size = content.sizeBytes();
            long from = Math.min(offset, size);
            long limit = writing ? content.limitBytes() : size;
            long to = length == 0 ? limit : from + Math.min(length, limit - from);
            return new Transfer(volume, content, hold, from, to, writing);
        } catch (RuntimeException e) {
            hold.close();
            throw e;
        }
    }
}
