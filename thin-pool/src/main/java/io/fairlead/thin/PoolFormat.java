package io.fairlead.thin;

import io.fairlead.thin.ThinPoolException.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Prepares two devices for a new pool. */
public final class PoolFormat {
    private PoolFormat() {}

    /**
     * Makes the devices a new, empty pool.
     *
     * @param overwrite whether what is on them may be lost
     * @throws ThinPoolException NOT_OURS if one of them holds somebody's data and {@code overwrite} is false
     */
    public static void format(Path metadataDevice, Path dataDevice, boolean overwrite) {
        if (!overwrite) {
            requireUnused(metadataDevice);
            requireUnused(dataDevice);
        }
        try {
            // The data device first: until the metadata are gone, a crash leaves a pool that says it is one.
            if (overwrite) {
                BlockContent.wipe(dataDevice);
            }
            BlockContent.wipe(metadataDevice);
        } catch (IOException e) {
            throw new ThinPoolException(
                    Reason.IO,
                    "cannot prepare %s and %s for a thin pool: %s"
                            .formatted(metadataDevice, dataDevice, e.getMessage()),
                    e);
        }
    }

    private static void requireUnused(Path device) {
        Optional<String> owner;
        try {
            owner = BlockContent.owner(device);
        } catch (IOException e) {
            throw new ThinPoolException(Reason.IO, "cannot look at %s: %s".formatted(device, e.getMessage()), e);
        }
        if (owner.isPresent()) {
            throw new ThinPoolException(
                    Reason.NOT_OURS, "%s holds %s; it is not overwritten unasked".formatted(device, owner.get()), null);
        }
    }
}
