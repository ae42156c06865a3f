package io.fairlead.linux.host;

import io.fairlead.linux.sys.KernelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The firmware's facts about the machine (SMBIOS), by the kernel's names; empty maps where there is no such firmware or
 * we may not read it.
 */
public record Firmware(Map<String, String> bios, Map<String, String> system, Map<String, String> baseBoard) {
    private static final Path DMI = Path.of("/sys/class/dmi/id");

    public static Firmware read() throws IOException {
        return read(DMI);
    }

    static Firmware read(Path dmi) throws IOException {
        return new Firmware(
                fields(dmi, "bios_", "vendor", "version", "date", "release"),
                system(dmi),
                fields(dmi, "board_", "vendor", "name", "version", "serial", "asset_tag"));
    }

    private static Map<String, String> system(Path dmi) throws IOException {
        Map<String, String> fields = fields(dmi, "product_", "name", "version", "serial", "uuid", "sku", "family");
        Map<String, String> vendor = fields(dmi, "sys_", "vendor");
        vendor.putAll(fields);
        return vendor;
    }

    private static Map<String, String> fields(Path dmi, String prefix, String... names) throws IOException {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String name : names) {
            Path file = dmi.resolve(prefix + name);
            if (Files.isReadable(file)) {
                String value = KernelFile.readTrimmed(file);
                if (!value.isEmpty()) {
                    fields.put(name, value);
                }
            }
        }
        return fields;
    }
}
