package io.fairlead.thin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.thin.ThinPoolException.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The duties of a thin pool towards its callers, on any device mapper. */
abstract class ThinPoolContract {
    static final long MIB = 1 << 20;

    /** A pool that is empty at first, and the same pool again at every further call. */
    protected abstract ThinPool open();

    @Test
    void create_whenNameIsNew_isListedWithItsSize() {
        ThinPool pool = open();

        pool.create("vm1", 64 * MIB, "");

        assertEquals(List.of("vm1"), names(pool));
        assertEquals(64 * MIB, pool.devices().iterator().next().sizeBytes());
    }

    @Test
    void create_whenNameExists_isRefused() {
        ThinPool pool = open();
        pool.create("vm1", 64 * MIB, "");

        assertRefused(Reason.EXISTS, () -> pool.create("vm1", 64 * MIB, ""));
    }

    @Test
    void activate_whenDeviceExists_makesANodeAndCanBeRepeated() {
        ThinPool pool = open();
        pool.create("vm1", 64 * MIB, "");

        Path node = pool.activate("vm1");

        assertTrue(Files.exists(node));
        assertEquals(node, pool.activate("vm1"));
        pool.deactivate("vm1");
        assertFalse(Files.exists(node));
    }

    @Test
    void snapshot_whenOriginIsActive_suspendsItForTheMoment() {
        ThinPool pool = open();
        pool.create("base", 64 * MIB, "");
        pool.activate("base");

        pool.snapshot("base", "copy", 64 * MIB);

        assertEquals(
                "base",
                pool.devices().stream()
                        .filter(d -> d.name().equals("copy"))
                        .findFirst()
                        .orElseThrow()
                        .origin());
    }

    @Test
    void snapshot_whenOriginIsMissing_isRefused() {
        ThinPool pool = open();

        assertRefused(Reason.NO_DEVICE, () -> pool.snapshot("nope", "copy", 64 * MIB));
    }

    @Test
    void snapshot_whenSmallerThanItsOrigin_isRefused() {
        ThinPool pool = open();
        pool.create("base", 64 * MIB, "");

        assertThrows(IllegalArgumentException.class, () -> pool.snapshot("base", "copy", MIB));
    }

    @Test
    void delete_whenOriginHasSnapshots_leavesThem() {
        ThinPool pool = open();
        pool.create("base", 64 * MIB, "");
        pool.snapshot("base", "copy", 64 * MIB);

        pool.delete("base");

        assertEquals(List.of("copy"), names(pool));
        assertTrue(Files.exists(pool.activate("copy")));
    }

    @Test
    void replace_whenBothExist_givesTheNameToTheOther() {
        ThinPool pool = open();
        pool.create("vm1", 64 * MIB, "");
        int other = pool.snapshot("vm1", "snapshot", 64 * MIB).deviceId();
        pool.grow("vm1", 128 * MIB);
        pool.activate("vm1");
        Path node = pool.activate("snapshot");

        ThinDevice now = pool.replace("vm1", "snapshot");

        assertEquals(other, now.deviceId());
        assertEquals(64 * MIB, now.sizeBytes());
        assertEquals(null, now.origin());
        assertEquals(List.of("vm1"), names(pool));
        assertFalse(Files.exists(node));
        assertTrue(Files.exists(pool.activate("vm1")));
        pool.deactivate("vm1");
        pool.close();
        assertEquals(List.of(now), List.copyOf(open().devices()));
    }

    @Test
    void replace_whenEitherIsMissing_isRefused() {
        ThinPool pool = open();
        pool.create("vm1", 64 * MIB, "");

        assertRefused(Reason.NO_DEVICE, () -> pool.replace("vm1", "nope"));
        assertRefused(Reason.NO_DEVICE, () -> pool.replace("nope", "vm1"));
        assertEquals(List.of("vm1"), names(pool));
    }

    @Test
    void delete_whenNameIsMissing_isRefused() {
        assertRefused(Reason.NO_DEVICE, () -> open().delete("nope"));
    }

    @Test
    void grow_whenActive_keepsItActive() {
        ThinPool pool = open();
        pool.create("vm1", 64 * MIB, "");
        pool.activate("vm1");

        assertEquals(128 * MIB, pool.grow("vm1", 128 * MIB).sizeBytes());
        assertThrows(IllegalArgumentException.class, () -> pool.grow("vm1", 64 * MIB));
    }

    @Test
    void open_whenReopened_knowsEveryDeviceAndNeverReusesAnId() {
        ThinPool pool = open();
        IntStream.range(0, 5).forEach(i -> pool.create("vm" + i, 64 * MIB, ""));
        int highest =
                pool.devices().stream().mapToInt(ThinDevice::deviceId).max().orElseThrow();
        pool.delete("vm4");
        pool.close();

        ThinPool again = open();

        assertEquals(List.of("vm0", "vm1", "vm2", "vm3"), names(again));
        assertTrue(again.create("vm5", 64 * MIB, "").deviceId() > highest);
    }

    static List<String> names(ThinPool pool) {
        return pool.devices().stream().map(ThinDevice::name).sorted().toList();
    }

    static void assertRefused(Reason reason, Runnable act) {
        assertEquals(reason, assertThrows(ThinPoolException.class, act::run).reason());
    }
}
