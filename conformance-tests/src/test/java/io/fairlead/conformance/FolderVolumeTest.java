package io.fairlead.conformance;

import io.fairlead.conformance.server.TestPool;

/** {@link VolumeCases} on overlays. */
class FolderVolumeTest extends VolumeCases {
    @Override
    protected TestPool.Kind kind() {
        return TestPool.Kind.FOLDER;
    }
}
