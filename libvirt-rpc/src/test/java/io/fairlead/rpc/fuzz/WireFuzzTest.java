package io.fairlead.rpc.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class WireFuzzTest {
    @Test
    void server_whenFedBrokenPackets_answersOrCloses() {
        assertTrue(WireFuzz.run(20_000, 20_240_101) > 5_000, "the inputs do not get far enough to mean anything");
    }

    @Test
    @Tag("soak")
    void server_whenFedAMillionBrokenPackets_answersOrCloses() {
        assertTrue(WireFuzz.run(1_000_000, System.nanoTime()) > 250_000);
    }
}
