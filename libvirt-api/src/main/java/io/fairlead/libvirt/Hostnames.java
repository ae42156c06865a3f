package io.fairlead.libvirt;

/** The host name a guest is started with: its domain's name without what a host name may not have. */
final class Hostnames {
    private static final int MAX = 64; // HOST_NAME_MAX of Linux

    private Hostnames() {}

    static String of(String domainName) {
        String valid = domainName.replaceAll("[^A-Za-z0-9.-]", "");
        return valid.length() <= MAX ? valid : valid.substring(0, MAX);
    }
}
