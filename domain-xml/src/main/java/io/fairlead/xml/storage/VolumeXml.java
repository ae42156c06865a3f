package io.fairlead.xml.storage;

import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlWriter;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A volume as a client sees it.
 *
 * @param type {@code file}, {@code block} or {@code dir}
 * @param physicalBytes the length of the file, where there is one
 * @param backingStore the volume or file it is based on
 */
public record VolumeXml(
        String type,
        String name,
        String key,
        String path,
        long capacityBytes,
        long allocationBytes,
        OptionalLong physicalBytes,
        String format,
        PermissionsElement permissions,
        Optional<TimestampsElement> timestamps,
        VolumeImageElements image,
        Optional<Backing> backingStore) {

    /** The volume or file that a volume is based on. */
    public record Backing(String path, String format) {}

    public String toXml() {
        XmlElement volume = XmlElement.of("volume")
                .with("type", type)
                .plus(XmlElement.of("name", name))
                .plus(XmlElement.of("key", key))
                .plus(PoolRules.bytes("capacity", capacityBytes))
                .plus(PoolRules.bytes("allocation", allocationBytes));
        if (physicalBytes.isPresent()) {
            volume = volume.plus(PoolRules.bytes("physical", physicalBytes.getAsLong()));
        }
        XmlElement target = XmlElement.of("target")
                .plus(XmlElement.of("path", path))
                .plus(XmlElement.of("format").with("type", format))
                .plus(permissions.element());
        volume = volume.plus(image.addTo(
                timestamps.isPresent() ? target.plus(timestamps.get().element()) : target));
        if (backingStore.isPresent()) {
            volume = volume.plus(XmlElement.of("backingStore")
                    .plus(XmlElement.of("path", backingStore.get().path()))
                    .plus(XmlElement.of("format")
                            .with("type", backingStore.get().format())));
        }
        return XmlWriter.document(volume);
    }
}
