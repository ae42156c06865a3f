package io.fairlead.storage.pool;

import io.fairlead.storage.driver.Permissions;
import io.fairlead.storage.driver.PoolUsage;
import io.fairlead.storage.driver.VolumeFacts;
import io.fairlead.storage.driver.VolumeKind;
import io.fairlead.storage.image.ImageFacts;
import io.fairlead.xml.storage.PermissionsElement;
import io.fairlead.xml.storage.PoolNumbers;
import io.fairlead.xml.storage.TimestampsElement;
import io.fairlead.xml.storage.VolumeImageElements;
import io.fairlead.xml.storage.VolumeXml;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Pools and volumes as the XML clients see. */
public final class StorageXml {
    private StorageXml() {}

    /** @param asDefined true for the definition of the next start, instead of the active one */
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
                        tree ? OptionalLong.empty() : OptionalLong.of(volume.physicalBytes()),
                        volume.format(),
                        permissions(volume.mode(), volume.owner(), volume.group()),
                        volume.times()
                                .map(times -> new TimestampsElement(
                                        times.accessed(), times.modified(), times.changed(), times.born())),
                        volume.image().map(StorageXml::image).orElse(VolumeImageElements.NONE),
                        backing(volume))
                .toXml();
    }

    private static VolumeImageElements image(ImageFacts image) {
        return new VolumeImageElements(
                image.modern() ? Optional.of("1.1") : Optional.empty(),
                image.clusterBytes(),
                image.modern()
                        ? Optional.of(image.lazyRefcounts() ? List.of(VolumeImageElements.LAZY_REFCOUNTS) : List.of())
                        : Optional.empty());
    }

    private static Optional<VolumeXml.Backing> backing(VolumeFacts volume) {
        return volume.origin()
                .map(path -> new VolumeXml.Backing(path.toString(), volume.format()))
                .or(() -> volume.image()
                        .flatMap(ImageFacts::backing)
                        .map(below -> new VolumeXml.Backing(Images.absolute(below.path(), volume), below.format())));
    }

    private static PermissionsElement permissions(int mode, int owner, int group) {
        return new PermissionsElement(OptionalInt.of(mode), OptionalInt.of(owner), OptionalInt.of(group));
    }
}
