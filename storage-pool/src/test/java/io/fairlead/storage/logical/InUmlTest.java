package io.fairlead.storage.logical;

import io.fairlead.linux.testing.HostFeature;
import io.fairlead.linux.testing.NeedsHost;
import io.fairlead.linux.testing.UmlTests;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Runs this module's tests that need dm-thin in a machine that has it. */
@NeedsHost(value = HostFeature.ROOT, programs = "linux.uml")
class InUmlTest {
    @TempDir
    private Path scratch;

    @TestFactory
    Stream<DynamicTest> logicalPool_onTheRealDeviceMapper() throws IOException, InterruptedException {
        return UmlTests.run(
                scratch,
                List.of("dm-mod", "dm-thin-pool", "dm-flakey", "loop", "xfs"),
                LogicalDriverTest.class,
                LogicalGrowthTest.class,
                LogicalTrimTest.class,
                LogicalContentTest.class,
                LogicalRepairTest.class,
                LogicalXfsTest.class,
                ThinLayersTest.class);
    }
}
