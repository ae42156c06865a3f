package io.fairlead.libvirt;

import io.fairlead.xml.storage.StoragePoolTypes;
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
        XmlText xml = new XmlText().begin("storagepoolCapabilities");
        for (String type : StoragePoolTypes.ALL) {
            boolean supported = served.contains(type);
            xml.begin("pool", "type", type, "supported", supported ? "yes" : "no");
            if (supported) {
                options(xml, "poolOptions", "sourceFormatType", SOURCE_FORMATS.getOrDefault(type, List.of()));
                boolean folder = type.equals("dir") || SOURCE_FORMATS.containsKey(type);
                options(xml, "volOptions", "targetFormatType", folder ? VOLUME_FORMATS : List.of());
            }
            xml.end();
        }
        return xml.end().toString();
    }

    private static void options(XmlText xml, String element, String name, List<String> formats) {
        if (formats.isEmpty()) {
            return;
        }
        xml.begin(element).empty("defaultFormat", "type", formats.get(0)).begin("enum", "name", name);
        formats.forEach(format -> xml.element("value", format));
        xml.end().end();
    }
}
