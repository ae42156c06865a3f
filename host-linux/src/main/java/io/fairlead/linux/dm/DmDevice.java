package io.fairlead.linux.dm;

/**
 * The kernel's facts of one mapped device.
 *
 * @param removing true if it goes by itself when its last opener leaves
 * @param eventNumber counts the device's events
 */
public record DmDevice(
        String name,
        String uuid,
        int major,
        int minor,
        int openCount,
        boolean suspended,
        boolean live,
        boolean removing,
        int eventNumber) {}
