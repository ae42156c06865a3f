package io.fairlead.storage.driver;

import io.fairlead.kit.error.ErrorCode;
import io.fairlead.linux.device.LoopDevices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Keeps two loop devices of one file from being used at once. The other may be used by another daemon, whose pools are
 * unknown here, and which may know the file by another name.
 */
public final class LoopRivals {
    private LoopRivals() {}

    /**
     * Does nothing for other devices, and for one that is missing, which its user reports.
     *
     * @throws io.fairlead.kit.error.EngineException OPERATION_FAILED, in libvirt's words
     */
    public static void requireNone(Path device) throws IOException {
        Optional<Path> rival = Files.exists(device) ? LoopDevices.rival(device) : Optional.empty();
        if (rival.isPresent()) {
            throw StorageErrors.of(
                    ErrorCode.OPERATION_FAILED,
                    "Storage source conflict with pool: the file of '%s' is in use as '%s'"
                            .formatted(device, rival.get()));
        }
    }
}
