package io.fairlead.xml.storage;

import static java.util.Objects.requireNonNull;

import io.fairlead.xml.tree.EmptyValues;
import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlErrorKind;
import io.fairlead.xml.tree.XmlException;
import io.fairlead.xml.tree.XmlReader;
import io.fairlead.xml.value.ByteSize;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The volume a client asks for.
 *
 * @param capacityBytes absent when a copy takes its origin's
 * @param allocationBytes absent to allocate all of the capacity at once
 * @param format such as {@code raw}; absent for the pool's default
 * @param backingStore the path of the volume to base it on without a copy
 * @param backingFormat of that volume
 * @param image the options of an image
 */
public record VolumeRequest(
        String name,
        OptionalLong capacityBytes,
        OptionalLong allocationBytes,
        Optional<String> format,
        Optional<String> backingStore,
        Optional<String> backingFormat,
        boolean encrypted,
        PermissionsElement permissions,
        VolumeImageElements image) {

    /** Known to libvirt; which of them a volume becomes is decided by its pool and its format. */
    private static final Set<String> TYPES = Set.of("file", "block", "dir", "network", "netdir", "ploop");

    /** As libvirt 9.0's storage driver answers. */
    private static final EmptyValues EMPTY_VALUES = EmptyValues.of(
            """
            volume | type | name key capacity allocation physical ||
            volume/capacity | unit |||
            volume/allocation | unit |||
            volume/target || path compat clusterSize ||
            target/format | type |||
            target/clusterSize | unit |||
            target/permissions || mode label ||
            volume/backingStore || path ||
            backingStore/format | type |||
            """);

    /** @throws XmlException with libvirt's code and words */
    public static VolumeRequest parse(String xml) {
        XmlElement read = XmlReader.read("storage_volume_definition", requireNonNull(xml, "xml"));
        if (!read.is("volume")) {
            throw XmlException.wrongRoot("volume", read);
        }
        XmlElement root = EMPTY_VALUES.apply(read);
        String type = root.attribute("type");
        if (type != null && !TYPES.contains(type)) {
            throw XmlException.unsupported("unknown volume type '%s'".formatted(type));
        }
        XmlElement target = root.child("target");
        return new VolumeRequest(
                root.childText("name")
                        .filter(name -> !name.isEmpty())
                        .orElseThrow(() -> XmlException.malformed("missing volume name element")),
                size(root, "capacity"),
                size(root, "allocation"),
                Optional.ofNullable(target)
                        .map(element -> element.child("format"))
                        .map(format -> format.attribute("type")),
                Optional.ofNullable(root.path("backingStore", "path"))
                        .map(XmlElement::text)
                        .filter(path -> !path.isEmpty()),
                Optional.ofNullable(root.path("backingStore", "format")).map(format -> format.attribute("type")),
                target != null && target.child("encryption") != null,
                PermissionsElement.read(target),
                VolumeImageElements.read(target));
    }

    static OptionalLong size(XmlElement root, String child) {
        XmlElement element = root.child(child);
        if (element == null) {
            return OptionalLong.empty();
        }
        String text = element.text().strip();
        try {
            long number = Long.parseLong(text);
            if (number < 0) {
                throw XmlException.malformed("malformed %s element".formatted(child));
            }
            return OptionalLong.of(ByteSize.bytes(number, element.attribute("unit")));
        } catch (NumberFormatException e) {
            if (text.matches("[0-9]+")) {
                throw new XmlException(XmlErrorKind.OVERFLOW, "value too large: %s".formatted(text), e);
            }
            throw new XmlException(XmlErrorKind.XML_ERROR, "malformed %s element".formatted(child), e);
        }
    }
}
