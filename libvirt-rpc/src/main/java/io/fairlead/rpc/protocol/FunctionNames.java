package io.fairlead.rpc.protocol;

import java.util.Locale;
import java.util.Map;

/** The names of libvirt's C functions and the error domains they report in, derived from names of procedures alone. */
final class FunctionNames {
    private static final Map<String, String> UNUSUAL = Map.ofEntries(
            Map.entry("XML", "XML"),
            Map.entry("UUID", "UUID"),
            Map.entry("CPU", "CPU"),
            Map.entry("OS", "OS"),
            Map.entry("ID", "ID"),
            Map.entry("URI", "URI"),
            Map.entry("NWFILTER", "NWFilter"),
            Map.entry("NWFILTERS", "NWFilters"),
            Map.entry("MAC", "MAC"),
            Map.entry("SCSI", "SCSI"),
            Map.entry("WWN", "WWN"),
            Map.entry("IOTHREAD", "IOThread"),
            Map.entry("DHCP", "DHCP"));

    private FunctionNames() {}

    /** Of a procedure such as DOMAIN_GET_CPU_STATS: virDomainGetCPUStats. */
    static String of(String procedure) {
        StringBuilder name = new StringBuilder("vir");
        for (String word : procedure.split("_")) {
            String usual = word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT);
            name.append(UNUSUAL.getOrDefault(word, usual));
        }
        return name.toString();
    }

    /** The domain of the file in which libvirt has the function (libvirt-*.c). */
    static int errorDomain(String function) {
        if (function.contains("Snapshot")) {
            return 35;
        }
        if (function.contains("Checkpoint")) {
            return 69;
        }
        if (function.contains("Storage")) {
            return 18;
        }
        if (function.contains("NWFilter")) {
            return 33;
        }
        if (function.contains("Network")) {
            return 19;
        }
        if (function.contains("Device") && !function.startsWith("virDomain")) {
            return 22;
        }
        if (function.contains("Interface") && !function.startsWith("virDomain")) {
            return 26;
        }
        return function.contains("Secret") ? 30 : 20;
    }
}
