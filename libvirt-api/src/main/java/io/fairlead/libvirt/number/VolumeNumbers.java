package io.fairlead.libvirt.number;

import io.fairlead.storage.driver.VolumeKind;

/** libvirt's numbers of volumes (include/libvirt/libvirt-storage.h). */
public final class VolumeNumbers {
    private VolumeNumbers() {}

    /** virStorageVolType. */
    public static int of(VolumeKind kind) {
        return switch (kind) {
            case FILE -> 0;
            case BLOCK -> 1;
            case DIRECTORY -> 2;
        };
    }
}
