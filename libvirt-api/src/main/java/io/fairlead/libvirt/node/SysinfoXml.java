package io.fairlead.libvirt.node;

import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The document of {@code virsh sysinfo}: the firmware's facts under libvirt's names, in libvirt's order. */
final class SysinfoXml {
    /** One fact: the kernel's name and libvirt's name for it. */
    private record Field(String kernel, String libvirt) {}

    private static final List<Field> BIOS = List.of(
            new Field("vendor", "vendor"),
            new Field("version", "version"),
            new Field("date", "date"),
            new Field("release", "release"));
    private static final List<Field> SYSTEM = List.of(
            new Field("vendor", "manufacturer"),
            new Field("name", "product"),
            new Field("version", "version"),
            new Field("serial", "serial"),
            new Field("uuid", "uuid"),
            new Field("sku", "sku"),
            new Field("family", "family"));
    private static final List<Field> BASE_BOARD = List.of(
            new Field("vendor", "manufacturer"),
            new Field("name", "product"),
            new Field("version", "version"),
            new Field("serial", "serial"),
            new Field("asset_tag", "asset"));

    private SysinfoXml() {}

    /** Empty if the firmware gives no facts. */
    static Optional<String> of(HostFacts.Firmware firmware) {
        if (firmware.bios().isEmpty()
                && firmware.system().isEmpty()
                && firmware.baseBoard().isEmpty()) {
            return Optional.empty();
        }
        XmlElement root = XmlElement.of("sysinfo").with("type", "smbios");
        root = withSection(root, "bios", BIOS, firmware.bios());
        root = withSection(root, "system", SYSTEM, firmware.system());
        root = withSection(root, "baseBoard", BASE_BOARD, firmware.baseBoard());
        return Optional.of(XmlWriter.document(root));
    }

    private static XmlElement withSection(
            XmlElement root, String name, List<Field> fields, Map<String, String> values) {
        if (values.isEmpty()) {
            return root;
        }
        XmlElement section = XmlElement.of(name);
        for (Field field : fields) {
            String value = values.get(field.kernel());
            if (value != null) {
                section = section.plus(XmlElement.of("entry", value).with("name", field.libvirt()));
            }
        }
        return root.plus(section);
    }
}
