package io.fairlead.storage.directory;

import io.fairlead.linux.testing.HostFeature;
import io.fairlead.linux.testing.NeedsHost;
import org.junit.jupiter.api.Tag;

@Tag("uml")
@NeedsHost(
        value = {HostFeature.ROOT, HostFeature.LOOP, HostFeature.OVERLAY, HostFeature.QUOTA},
        programs = "mkfs.ext4")
class Ext4SizesTest extends SizesContract {
    @Override
    protected String format() {
        return "ext4";
    }
}
