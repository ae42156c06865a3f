package io.fairlead.libvirt;

import java.util.LinkedHashMap;
import java.util.Map;

/** Which architectures a container may have on a machine: the machine's own, and its 32-bit mode if it has one. */
final class Architectures {
    private Architectures() {}

    /** In the order in which they are offered, each with its word size in bits. */
    static Map<String, Integer> runnableOn(String machine) {
        Map<String, Integer> found = new LinkedHashMap<>();
        found.put(machine, machine.contains("64") || machine.equals("s390x") ? 64 : 32);
        switch (machine) {
            case "x86_64" -> found.put("i686", 32);
            case "ppc64" -> found.put("ppc", 32);
            default -> {
                // one mode only
            }
        }
        return found;
    }
}
