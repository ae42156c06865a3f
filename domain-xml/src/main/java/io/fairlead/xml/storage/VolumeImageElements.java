package io.fairlead.xml.storage;

import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlErrorKind;
import io.fairlead.xml.tree.XmlException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The parts of a volume's {@code <target>} that images alone have.
 *
 * @param compat the version of the format: 0.10 or 1.1
 * @param clusterBytes 0 for none
 * @param features empty where {@code <features/>} is
 */
public record VolumeImageElements(Optional<String> compat, long clusterBytes, Optional<List<String>> features) {
    public static final VolumeImageElements NONE = new VolumeImageElements(Optional.empty(), 0, Optional.empty());
    public static final String LAZY_REFCOUNTS = "lazy_refcounts";

    /** @throws XmlException with libvirt's code and words */
    static VolumeImageElements read(XmlElement target) {
        if (target == null) {
            return NONE;
        }
        Optional<String> compat = target.childText("compat").filter(text -> !text.isEmpty());
        if (compat.filter(text -> !text.matches("[0-9]+\\.[0-9]+")).isPresent()) {
            throw XmlException.malformed("forbidden characters in 'compat' attribute");
        }
        return new VolumeImageElements(
                compat,
                VolumeRequest.size(target, "clusterSize").orElse(0),
                Optional.ofNullable(target.child("features")).map(VolumeImageElements::features));
    }

    private static List<String> features(XmlElement element) {
        List<String> names = new ArrayList<>();
        for (XmlElement feature : element.elements()) {
            if (!feature.name().equals(LAZY_REFCOUNTS)) {
                throw new XmlException(
                        XmlErrorKind.CONFIG_UNSUPPORTED, "unsupported feature %s".formatted(feature.name()));
            }
            names.add(feature.name());
        }
        return names;
    }

    /** In libvirt's order. */
    XmlElement addTo(XmlElement target) {
        XmlElement all = target;
        if (compat.isPresent()) {
            all = all.plus(XmlElement.of("compat", compat.get()));
        }
        if (clusterBytes > 0) {
            all = all.plus(
                    XmlElement.of("clusterSize", Long.toString(clusterBytes)).with("unit", "B"));
        }
        if (features.isPresent()) {
            XmlElement element = XmlElement.of("features");
            for (String feature : features.get()) {
                element = element.plus(XmlElement.of(feature));
            }
            all = all.plus(element);
        }
        return all;
    }
}
