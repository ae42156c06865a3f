package io.fairlead.storage.directory;

import io.fairlead.linux.testing.HostFeature;
import io.fairlead.linux.testing.LoopMount;
import io.fairlead.linux.testing.NeedsHost;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

@NeedsHost(
        value = {HostFeature.ROOT, HostFeature.LOOP, HostFeature.OVERLAY, HostFeature.XFS},
        programs = {"mkfs.xfs", "python3"})
class XfsLayersTest extends DirectoryLayersContract {
    @TempDir
    Path temporary;

    private LoopMount mount;

    @Override
    protected Path scratch() throws IOException {
        if (mount == null) {
            mount = LoopMount.make(temporary, "xfs", 512L << 20);
        }
        return mount.folder();
    }

    @AfterEach
    void unmount() throws IOException {
        mount.close();
    }
}
