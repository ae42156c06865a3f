package io.fairlead.storage.driver;

/** The kind of a volume in the file system (virStorageVolType; the numbers are wire format). */
public enum VolumeKind {
    FILE(0),
    BLOCK(1),
    DIRECTORY(2);

    private final int libvirtType;

    VolumeKind(int libvirtType) {
        this.libvirtType = libvirtType;
    }

    public int libvirtType() {
        return libvirtType;
    }
}
