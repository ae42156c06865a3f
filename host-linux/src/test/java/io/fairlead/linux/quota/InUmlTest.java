package io.fairlead.linux.quota;

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

/** Runs this package's tests in a machine whose kernel has quotas. */
@NeedsHost(value = HostFeature.ROOT, programs = "linux.uml")
class InUmlTest {
    @TempDir
    private Path scratch;

    @TestFactory
    Stream<DynamicTest> projectQuota_onAKernelWithQuotas() throws IOException, InterruptedException {
        return UmlTests.run(scratch, List.of("loop"), ProjectQuotaTest.class);
    }
}
