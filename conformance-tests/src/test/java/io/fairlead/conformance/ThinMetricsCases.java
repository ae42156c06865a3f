package io.fairlead.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.conformance.client.Command;
import io.fairlead.conformance.client.Eventually;
import io.fairlead.conformance.client.Metrics;
import io.fairlead.conformance.client.Virsh;
import io.fairlead.conformance.server.TestPool;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The levels of a thin pool as numbers: run where the kernel has thin devices, see {@link CasesForUml}. */
@SuppressWarnings("try") // a pool is had, not used
class ThinMetricsCases {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Test
    void level_ofAPoolThatFillsAndIsEmptiedAgain_isShown() throws IOException {
        try (MeteredServer server = MeteredServer.start();
                TestPool pool = TestPool.start(server.daemon(), TestPool.Kind.THIN, "p")) {
            Virsh virsh = server.daemon().virsh();
            Metrics empty = server.metrics();
            assertEquals(1, empty.of(level("normal")));
            assertEquals(0, empty.of(level("filling")));
            assertEquals(16 << 20, empty.of("fairlead_storage_pool_metadata_capacity_bytes{pool=\"p\"}"));
            assertTrue(empty.of("fairlead_storage_pool_metadata_used_bytes{pool=\"p\"}") > 0);

            Path image = server.directory().resolve("image");
            Command.of("truncate", "-s", "290M", image.toString()).run().orFail(); // zeros take space in the pool, too
            virsh.ok("vol-create-as", "p", "v1", "300M");
            virsh.ok("vol-upload", "v1", image.toString(), "--pool", "p");
            await(server, "filling");
            virsh.ok("vol-delete", "v1", "p");
            await(server, "normal");
        }
    }

    private static String level(String name) {
        return "fairlead_storage_pool_level{level=\"%s\",pool=\"p\"}".formatted(name);
    }

    private static void await(MeteredServer server, String name) {
        Eventually.until("the level is " + name, LIMIT, () -> server.metrics().of(level(name)) == 1);
    }
}
