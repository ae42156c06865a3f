package io.fairlead.libvirt.domain;

/** A guest's host name at start: its domain's name without the characters that a host name may not have. */
final class Hostnames {
    private static final int MAX = 64; // HOST_NAME_MAX of Linux

    private Hostnames() {}

    static String of(String domainName) {
        String valid = domainName.replaceAll("[^A-Za-z0-9.-]", "");
        return valid.length() <= MAX ? valid : valid.substring(0, MAX);
    }
}
