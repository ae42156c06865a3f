package io.fairlead.linux.dm;

/**
 * What the kernel says of one mapped device.
 *
 * @param eventNumber counts the device's events; pass it to {@link DeviceMapper#awaitEvent}
 */
public record DmDevice(
        String name,
        String uuid,
        int major,
        int minor,
        int openCount,
        boolean suspended,
        boolean live,
        int eventNumber) {}
