package io.fairlead.storage.driver;

import java.nio.file.Path;
import java.util.Optional;

class FakePoolDriverTest extends PoolBackendContract {
    @Override
    protected PoolDriver newDriver() {
        return new FakePoolDriver("dir");
    }

    @Override
    protected PoolSpec spec() {
        Optional<Path> target = Optional.of(Path.of("/nowhere/pool"));
        return new PoolSpec(poolUuid(), "p1", "dir", PoolSpec.Source.NONE, target, Permissions.DEFAULT);
    }
}
