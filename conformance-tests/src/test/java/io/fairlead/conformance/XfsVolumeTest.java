package io.fairlead.conformance;

import io.fairlead.conformance.server.TestPool;

/** {@link VolumeCases} on overlays over XFS, which shares blocks of files. */
class XfsVolumeTest extends VolumeCases {
    @Override
    protected TestPool.Kind kind() {
        return TestPool.Kind.XFS;
    }
}
