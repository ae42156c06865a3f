package io.fairlead.conformance;

import io.fairlead.conformance.server.TestPool;

/** {@link VolumeCases} on subvolumes of btrfs. */
class BtrfsVolumeTest extends VolumeCases {
    @Override
    protected TestPool.Kind kind() {
        return TestPool.Kind.BTRFS;
    }
}
