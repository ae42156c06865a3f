package io.fairlead.libvirt.storage;

import io.fairlead.xml.storage.StoragePoolTypes;
import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlWriter;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The types of pool, as virConnectGetStoragePoolCapabilities reports them. */
final class PoolCapabilitiesXml {
    /** Images by qemu-img, where it is installed. */
    private static final List<String> VOLUME_FORMATS =
            List.of("raw", "dir", "iso", "vpc", "vdi", "qcow", "qcow2", "qed", "vmdk");

    /** The formats of a pool's source that its driver accepts, the default first. */
    private static final Map<String, List<String>> SOURCE_FORMATS = Map.of(
            "fs", List.of("auto", "ext2", "ext3", "ext4", "iso9660", "vfat", "xfs"),
            "netfs", List.of("auto", "nfs", "glusterfs", "cifs"));

    private PoolCapabilitiesXml() {}

    static String of(Collection<String> served) {
        XmlElement capabilities = XmlElement.of("storagepoolCapabilities");
        for (String type : StoragePoolTypes.ALL) {
            capabilities = capabilities.plus(pool(type, served.contains(type)));
        }
        return XmlWriter.document(capabilities);
    }

    private static XmlElement pool(String type, boolean supported) {
        XmlElement pool = XmlElement.of("pool").with("type", type).with("supported", supported ? "yes" : "no");
        if (supported) {
            boolean folder = type.equals("dir") || SOURCE_FORMATS.containsKey(type);
            pool = withOptions(pool, "poolOptions", "sourceFormatType", SOURCE_FORMATS.getOrDefault(type, List.of()));
            pool = withOptions(pool, "volOptions", "targetFormatType", folder ? VOLUME_FORMATS : List.of());
        }
        // libvirt never prints this one as <pool/>.
        return pool.children().isEmpty() ? pool.withText("\n  ") : pool;
    }

    private static XmlElement withOptions(XmlElement pool, String element, String name, List<String> formats) {
        if (formats.isEmpty()) {
            return pool;
        }
        XmlElement values = XmlElement.of("enum").with("name", name);
        for (String format : formats) {
            values = values.plus(XmlElement.of("value", format));
        }
        return pool.plus(XmlElement.of(element)
                .plus(XmlElement.of("defaultFormat").with("type", formats.get(0)))
                .plus(values));
    }
}
