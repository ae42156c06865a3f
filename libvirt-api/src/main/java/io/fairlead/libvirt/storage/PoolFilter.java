package io.fairlead.libvirt.storage;

import io.fairlead.libvirt.procedure.Flags;
import io.fairlead.storage.pool.PoolStatus;
import io.fairlead.xml.storage.StoragePoolTypes;
import java.util.List;

/** The flags of virConnectListAllStoragePools: groups of bits; a group without a bit lets everything through. */
record PoolFilter(int flags) {
    private static final int INACTIVE = 1;
    private static final int ACTIVE = 2;
    private static final int PERSISTENT = 4;
    private static final int TRANSIENT = 8;
    private static final int AUTOSTART = 16;
    private static final int NO_AUTOSTART = 32;
    private static final int FIRST_TYPE = 64;

    /** The types in the order of their bits, which is not that of their numbers. */
    private static final List<String> TYPES = List.of(
            "dir",
            "fs",
            "netfs",
            "logical",
            "disk",
            "iscsi",
            "scsi",
            "mpath",
            "rbd",
            "sheepdog",
            "gluster",
            "zfs",
            "vstorage",
            "iscsi-direct");

    private static final int ALL_TYPES = (1 << StoragePoolTypes.ALL.size()) - 1 << 6;
    private static final int ALL = FIRST_TYPE - 1 | ALL_TYPES;

    PoolFilter {
        Flags.check("virConnectListAllStoragePools", flags, ALL);
    }

    boolean passes(PoolStatus pool) {
        return group(ACTIVE, INACTIVE, pool.active())
                && group(PERSISTENT, TRANSIENT, pool.persistent())
                && group(AUTOSTART, NO_AUTOSTART, pool.autostart())
                && (!Flags.has(flags, ALL_TYPES)
                        || Flags.has(
                                flags,
                                FIRST_TYPE << TYPES.indexOf(pool.definition().type())));
    }

    private boolean group(int yes, int no, boolean value) {
        return !Flags.has(flags, yes | no) || Flags.has(flags, value ? yes : no);
    }
}
