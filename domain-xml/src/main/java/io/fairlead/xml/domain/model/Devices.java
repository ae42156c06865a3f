package io.fairlead.xml.domain.model;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * {@code <devices>}, each kind in the order written; the console is the first of {@code consoles}.
 *
 * @param serials ports, which a container has as another name of its console
 */
public record Devices(
        String emulator,
        List<Filesystem> filesystems,
        List<Disk> disks,
        List<NetworkInterface> interfaces,
        List<HostDevice> hostDevices,
        List<Console> consoles,
        List<Console> serials,
        List<SecurityLabel> securityLabels) {
    public Devices {
        filesystems = List.copyOf(filesystems);
        disks = List.copyOf(disks);
        interfaces = List.copyOf(interfaces);
        hostDevices = List.copyOf(hostDevices);
        consoles = List.copyOf(consoles);
        serials = List.copyOf(serials);
        securityLabels = List.copyOf(securityLabels);
    }

    /** Every volume of a storage pool that a file system or a disk lies on. */
    public Set<VolumeSource> volumes() {
        Set<VolumeSource> volumes = new LinkedHashSet<>();
        filesystems.forEach(filesystem -> filesystem.volume().ifPresent(volumes::add));
        disks.forEach(disk -> disk.volume().ifPresent(volumes::add));
        return volumes;
    }
}
