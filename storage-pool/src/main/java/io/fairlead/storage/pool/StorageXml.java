package io.fairlead.storage.pool;

import io.fairlead.storage.driver.Permissions;
import io.fairlead.storage.driver.PoolUsage;
import io.fairlead.storage.driver.VolumeFacts;
import io.fairlead.storage.driver.VolumeKind;
import io.fairlead.xml.storage.PermissionsElement;
import io.fairlead.xml.storage.PoolNumbers;
import io.fairlead.xml.storage.TimestampsElement;
import io.fairlead.xml.storage.VolumeXml;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Pools and volumes as the XML clients see. */
public final class StorageXml {
    private StorageXml() {}

    /** @param asDefined what the next start takes, instead of what is active now */
    public static String of(Pool pool, boolean asDefined) {
        PoolStatus status = pool.status();
        if (asDefined || !status.active()) {
            return status.next()
                    .filter(next -> asDefined)
                    .orElse(status.definition())
                    .toXml(PoolNumbers.NONE, PermissionsElement.NONE);
        }
        PoolUsage usage = pool.usage();
        PoolNumbers numbers = new PoolNumbers(usage.capacityBytes(), usage.allocationBytes(), usage.availableBytes());
        Permissions found = pool.permissions();
        return status.definition().toXml(numbers, new PermissionsElement(found.mode(), found.owner(), found.group()));
    }

    public static String of(VolumeFacts volume) {
        boolean tree = volume.kind() == VolumeKind.DIRECTORY;
        return new VolumeXml(
                        tree ? "dir" : volume.kind().name().toLowerCase(Locale.ROOT),
                        volume.name(),
                        volume.key(),
                        volume.path().toString(),
                        volume.capacityBytes(),
                        volume.allocationBytes(),
                        tree ? OptionalLong.empty() : OptionalLong.of(volume.capacityBytes()),
                        volume.format(),
                        permissions(volume.mode(), volume.owner(), volume.group()),
                        volume.times()
                                .map(times -> new TimestampsElement(
                                        times.accessed(), times.modified(), times.changed(), times.born())),
                        volume.origin().map(Path::toString))
                .toXml();
    }

    private static PermissionsElement permissions(int mode, int owner, int group) {
        return new PermissionsElement(OptionalInt.of(mode), OptionalInt.of(owner), OptionalInt.of(group));
    }
}
