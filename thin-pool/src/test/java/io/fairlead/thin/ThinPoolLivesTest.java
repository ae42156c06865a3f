package io.fairlead.thin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.linux.dm.ModelDeviceMapper;
import io.fairlead.linux.dm.ModelThinPool;
import io.fairlead.test.RandomTest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;

/** Random lives of a pool: after any actions, cut short at any point, records and kernel agree at the next start. */
class ThinPoolLivesTest {
    private static final long MIB = 1 << 20;
    private static final int NAMES = 4;
    private static final int DEEDS = 9;

    private enum Deed {
        CREATE,
        SNAPSHOT,
        ACTIVATE,
        DEACTIVATE,
        GROW,
        DELETE,
        REPLACE,
        /** The daemon is killed at one of the calls it makes next, and started again. */
        KILL,
        /** So is the machine. */
        POWER_CUT
    }

    /** The certain facts: names with their sizes. */
    private final Map<String, Long> expected = new TreeMap<>();

    private final ModelDeviceMapper deviceMapper = new ModelDeviceMapper();
    private final ModelThinPool kernelPool = new ModelThinPool(1 << 17, 4096);

    @TempDir
    Path folder;

    private ThinPool pool;
    private int highestId;

    @RandomTest(tries = 60)
    void recordsAndPool_afterAnyLife_agree(long seed) {
        Random random = new Random(seed);
        int[] life = random.ints(1 + random.nextInt(40), 0, DEEDS * NAMES * NAMES * 4)
                .toArray();
        live(life);
    }

    private void live(int[] life) {
        deviceMapper.attachMetadata("/dev/meta", kernelPool);
        open();
        for (int number : life) {
            Deed deed = Deed.values()[number % DEEDS];
            String name = "vm" + number / DEEDS % NAMES;
            String other = "vm" + number / DEEDS / NAMES % NAMES;
            if (deed == Deed.KILL || deed == Deed.POWER_CUT) {
                dieWithin(number / DEEDS / NAMES / NAMES, deed == Deed.POWER_CUT, name, other);
            } else {
                act(deed, name, other);
            }
            check();
        }
        pool.close();
    }

    private void open() {
        ThinPoolConfig config = new ThinPoolConfig("pool", "/dev/meta", "/dev/data", 1 << 24, 128, 1024, "host1");
        pool = ThinPool.open(
                config,
                new ThinPlatform(deviceMapper, new FileNodes(folder), new ModelMetadata(kernelPool)),
                new SqliteThinRecords(folder.resolve("pool.db")));
    }

    /** Tries an action; an impossible one is refused with a reason. */
    private void act(Deed deed, String name, String other) {
        boolean there = expected.containsKey(name);
        try {
            switch (deed) {
                case CREATE -> remember(pool.create(name, 64 * MIB, ""));
                case SNAPSHOT -> remember(pool.snapshot(other, name, expected.getOrDefault(other, MIB)));
                case ACTIVATE -> pool.activate(name);
                case DEACTIVATE -> pool.deactivate(name);
                case GROW -> {
                    ThinDevice grown = pool.grow(name, expected.getOrDefault(name, MIB) + MIB);
                    expected.put(name, grown.sizeBytes());
                }
                case DELETE -> {
                    pool.delete(name);
                    expected.remove(name);
                }
                case REPLACE -> {
                    if (!name.equals(other)) {
                        pool.replace(name, other);
                        expected.put(name, expected.remove(other));
                    }
                }
                default -> throw new AssertionError(deed);
            }
        } catch (ThinPoolException e) {
            boolean expectedRefusal =
                    switch (e.reason()) {
                        case EXISTS -> there;
                        case NO_DEVICE -> !there || !expected.containsKey(other);
                        default -> false;
                    };
            assertTrue(expectedRefusal, () -> "%s %s: %s".formatted(deed, name, e.getMessage()));
        }
    }

    private void remember(ThinDevice made) {
        assertTrue(made.deviceId() > highestId, () -> "id used twice: " + made);
        highestId = made.deviceId();
        expected.put(made.name(), made.sizeBytes());
    }

    private void dieWithin(int calls, boolean powerCut, String name, String other) {
        deviceMapper.failOnCall(calls + 1, calls % 2 == 0);
        try {
            for (Deed deed : List.of(Deed.REPLACE, Deed.DELETE, Deed.SNAPSHOT, Deed.ACTIVATE, Deed.GROW)) {
                act(deed, name, other);
            }
        } catch (ModelDeviceMapper.Killed e) {
            expected.remove(name); // found out by looking, below
            expected.remove(other);
        }
        pool.close();
        deviceMapper.failOnCall(-1, false);
        if (powerCut) {
            deviceMapper.crash();
        }
        open();
        for (String unsure : List.of(name, other)) {
            pool.find(unsure).ifPresent(found -> {
                expected.put(unsure, found.sizeBytes());
                highestId = Math.max(highestId, found.deviceId());
            });
        }
    }

    private void check() {
        Map<String, Long> found =
                pool.devices().stream().collect(Collectors.toMap(ThinDevice::name, ThinDevice::sizeBytes));
        assertEquals(expected, new TreeMap<>(found));
        Set<Integer> ids = pool.devices().stream().map(ThinDevice::deviceId).collect(Collectors.toSet());
        ids.add(PoolIdentity.DEVICE_ID);
        assertEquals(ids, kernelPool.ids());
    }
}
