package io.fairlead.storage.logical;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.linux.testing.HostFeature;
import io.fairlead.linux.testing.NeedsHost;
import io.fairlead.storage.driver.VolumeContent;
import io.fairlead.storage.driver.VolumeSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Writes to a raw volume, and the space of the pool that they take; runs in User-Mode Linux. */
@Tag("uml")
@NeedsHost(
        value = {HostFeature.ROOT, HostFeature.DEVICE_MAPPER, HostFeature.LOOP},
        programs = {"mkfs.ext4", "thin_check"})
class LogicalContentTest extends LogicalPoolFixture {
    private static final long BLOCK = PoolDisks.BLOCK_BYTES;

    private void writeMebibyte(String volume, long at) throws IOException {
        ByteBuffer full = ByteBuffer.allocate((int) MIB);
        while (full.hasRemaining()) {
            full.put((byte) 7);
        }
        try (VolumeContent content = pool.open(volume, true)) {
            content.write(at, full.flip());
            content.sync();
        }
    }

    private long allocation(String volume) {
        return pool.facts(volume).allocationBytes();
    }

    @Test
    void zero_givesWholeBlocksBackAndLeavesTheRestAlone() throws IOException {
        pool.create(raw("v1", 64 * MIB));
        writeMebibyte("v1", 0);
        writeMebibyte("v1", MIB);

        try (VolumeContent content = pool.open("v1", true)) {
            content.zero(100, MIB);
        }

        assertEquals(7, read("v1", 99));
        assertEquals(0, read("v1", 100));
        assertEquals(0, read("v1", MIB));
        assertEquals(0, read("v1", MIB + 99));
        assertEquals(7, read("v1", MIB + 100));
        assertEquals(2 * MIB - 15 * BLOCK, allocation("v1"), "all but the blocks at both ends");
    }

    @Test
    void zero_ofWhatACopyShares_leavesTheCopyAlone() throws IOException {
        pool.create(raw("v1", 64 * MIB));
        writeMebibyte("v1", 0);
        pool.copy(raw("v2", 64 * MIB), "v1");

        try (VolumeContent content = pool.open("v1", true)) {
            content.zero(0, 64 * MIB);
            assertThrows(IOException.class, () -> content.zero(64 * MIB, 1));
        }

        assertEquals(0, read("v1", 5));
        assertEquals(0, allocation("v1"));
        assertEquals(7, read("v2", 5));
    }

    @Test
    void zero_ofWhatWasNeverWritten_takesNoSpace() throws IOException {
        pool.create(raw("v1", 300 * MIB + 4096));
        try (VolumeContent content = pool.open("v1", true)) {
            content.zero(0, 300 * MIB + 4096);
            content.zero(5, 6);
            content.sync();
        }
        assertEquals(0, allocation("v1"));
    }

    @Test
    void data_isFoundBetweenHoles() throws IOException {
        pool.create(raw("v1", 64 * MIB));
        writeMebibyte("v1", 8 * MIB);
        writeMebibyte("v1", 9 * MIB);
        try (VolumeContent content = pool.open("v1", false)) {
            assertEquals(8 * MIB, content.nextData(0));
            long looked = content.nextHole(8 * MIB);
            assertTrue(looked > 8 * MIB && looked <= 10 * MIB, "data to " + looked);
            assertEquals(10 * MIB, content.nextHole(10 * MIB - 1));
            assertEquals(10 * MIB - 5, content.nextData(10 * MIB - 5));
            assertEquals(64 * MIB, content.nextData(10 * MIB));
            assertEquals(10 * MIB + 1, content.nextHole(10 * MIB + 1));
            assertEquals(64 * MIB, content.nextData(64 * MIB));
        }
    }

    @Test
    void wipe_overwritesWhatWasWrittenAndGivesItsSpaceBack() throws IOException {
        VolumeSpec larger = raw("v1", 2 * DISK_BYTES); // than the pool
        pool.create(larger);
        writeMebibyte("v1", 0);
        writeMebibyte("v1", 40 * MIB);

        pool.wipe("v1");

        assertEquals(0, read("v1", 40 * MIB + 1));
        assertEquals(0, allocation("v1"));
        assertEquals(2 * DISK_BYTES, pool.facts("v1").capacityBytes());
    }
}
