package io.fairlead.daemon;

import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.backend.bundle.BundleBuilder;
import io.fairlead.linux.cgroup.CgroupLayout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class WarmUpTest {
    @Test
    void configuration_ofAnyRound_isWhole() throws IOException {
        BundleBuilder bundles = new BundleBuilder(CgroupLayout.detect(), true, name -> OptionalInt.empty());
        String text = new String(new WarmUp(1).configuration(bundles, "x"), StandardCharsets.UTF_8);
        assertTrue(text.contains("\"/sbin/init\"") && text.contains("\"/usr\""), text);
    }

    @Test
    void run_whenItsRoundsAreOver_ends() {
        assertTimeout(Duration.ofSeconds(20), new WarmUp(3)::run);
    }
}
