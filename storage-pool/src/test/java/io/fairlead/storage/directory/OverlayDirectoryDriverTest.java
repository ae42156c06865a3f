package io.fairlead.storage.directory;

import io.fairlead.linux.testing.HostFeature;
import io.fairlead.linux.testing.NeedsHost;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

@NeedsHost({HostFeature.ROOT, HostFeature.OVERLAY})
class OverlayDirectoryDriverTest extends DirectoryDriverContract {
    @TempDir
    Path temporary;

    @Override
    protected Path scratch() throws IOException {
        return temporary.toRealPath();
    }
}
