package io.fairlead.xml.storage;

import java.util.List;

/** The types of pool that libvirt 9.0 knows. */
public final class StoragePoolTypes {
    /** In the order of virStoragePoolType, whose numbers are wire format. */
    public static final List<String> ALL = List.of(
            "dir",
            "fs",
            "netfs",
            "logical",
            "disk",
            "iscsi",
            "iscsi-direct",
            "scsi",
            "mpath",
            "rbd",
            "sheepdog",
            "gluster",
            "zfs",
            "vstorage");

    private StoragePoolTypes() {}
}
