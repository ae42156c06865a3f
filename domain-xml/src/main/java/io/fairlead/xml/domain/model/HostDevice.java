package io.fairlead.xml.domain.model;

import java.util.OptionalInt;

/** {@code <hostdev>}: something of the host that moves or shows inside. */
public sealed interface HostDevice {
    /** A block device, {@code <capabilities type='storage'>}. */
    record Storage(String block) implements HostDevice {}

    /** A character device, {@code <capabilities type='misc'>}. */
    record Misc(String character) implements HostDevice {}

    /** A network interface of the host, {@code <capabilities type='net'>}. */
    record Net(String link) implements HostDevice {}

    /** A USB device, named by its ids, by its place, or by both; ids are 16-bit. */
    record Usb(OptionalInt vendor, OptionalInt product, OptionalInt bus, OptionalInt device) implements HostDevice {}

    /** A kind that no container can have; refused at start by this name. */
    record Unsupported(String mode, String type) implements HostDevice {}
}
