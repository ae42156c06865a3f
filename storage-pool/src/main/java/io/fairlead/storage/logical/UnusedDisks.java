package io.fairlead.storage.logical;

import io.fairlead.linux.device.BlockDevice;
import io.fairlead.thin.PoolFormat;
import io.fairlead.thin.ThinPoolException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Disks and partitions of this host that a pool could use without taking them from another user. Looks only. */
final class UnusedDisks {
    private static final Logger LOG = LoggerFactory.getLogger(UnusedDisks.class);

    /** Our own devices, and those in memory (Documentation/admin-guide/devices.txt). */
    private static final Pattern NO_DISK = Pattern.compile(LogicalDriver.DM_PREFIX + "|ram\\d|zram\\d");

    private UnusedDisks() {}

    static List<Path> find() throws IOException {
        return BlockDevice.all().stream()
                .filter(device -> !NO_DISK.matcher(device.name()).lookingAt())
                .filter(device -> !device.readOnly() && !device.partitioned() && !device.held())
                .map(BlockDevice::node)
                .filter(UnusedDisks::isFree)
                .toList();
    }

    private static boolean isFree(Path device) {
        try {
            PoolDisks.metadataBytes(device);
            PoolFormat.check(device);
            return true;
        } catch (IOException | ThinPoolException e) {
            LOG.debug("no pool could lie on {}: {}", device, e.getMessage());
            return false;
        }
    }
}
