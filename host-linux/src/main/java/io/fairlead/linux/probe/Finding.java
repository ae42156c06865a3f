package io.fairlead.linux.probe;

/**
 * One thing a host may offer.
 *
 * @param name such as {@code overlay}
 * @param present whether it can be used, as far as looking can tell
 * @param detail a version, a place, or why not; one line
 * @param debianPackage the package that brings it; empty if there is none, or if it is installed
 */
public record Finding(String name, boolean present, String detail, String debianPackage) {
    static Finding of(String name, boolean present, String detail) {
        return new Finding(name, present, detail, "");
    }
}
