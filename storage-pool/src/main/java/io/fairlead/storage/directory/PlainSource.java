package io.fairlead.storage.directory;

import io.fairlead.storage.driver.PoolDriver;
import io.fairlead.storage.driver.PoolSpec;
import java.nio.file.Path;

/** {@code dir}: the folder as it is. */
final class PlainSource implements Source {
    @Override
    public String type() {
        return "dir";
    }

    @Override
    public boolean mounts() {
        return false;
    }

    @Override
    public void check(PoolSpec spec) {
        // a source, if one is written, has no meaning
    }

    @Override
    public void build(PoolSpec spec, PoolDriver.Build build) {
        // a folder has nothing to format; its content stays
    }

    @Override
    public boolean mount(PoolSpec spec, Path target) {
        return false;
    }
}
