package io.fairlead.thin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteThinRecordsTest {
    private static final ThinDevice DEVICE =
            new ThinDevice("vm1", 7, 64 << 20, "base", "ext4", ThinDevice.Stage.CREATED);

    @TempDir
    private Path folder;

    private SqliteThinRecords open() {
        return new SqliteThinRecords(folder.resolve("pool.db"));
    }

    @Test
    void open_whileSomebodyElseHasThem_isRefusedAndHarmsNothing() {
        try (SqliteThinRecords records = open()) {
            records.put(DEVICE);

            ThinPoolException refusal = assertThrows(ThinPoolException.class, this::open);

            assertEquals(ThinPoolException.Reason.IO, refusal.reason());
            records.setClean(true);
        }
        try (SqliteThinRecords again = open()) {
            assertEquals(List.of(DEVICE), again.devices());
            assertTrue(again.counters().clean());
        }
    }

    @Test
    void putBoth_whenTheFirstGivesUpANameForTheSecond_keepsBoth() {
        ThinDevice next = new ThinDevice("new", 8, 64 << 20, "base", "ext4", ThinDevice.Stage.CREATED);
        try (SqliteThinRecords records = open()) {
            records.put(DEVICE);
            records.put(next);

            records.putBoth(DEVICE.at(ThinDevice.Stage.REMOVING), next.named("vm1", "base"));
        }
        try (SqliteThinRecords again = open()) {
            assertEquals(List.of(DEVICE.at(ThinDevice.Stage.REMOVING), next.named("vm1", "base")), again.devices());
        }
    }

    @Test
    void put_whenTheNameIsTaken_changesNothing() {
        ThinDevice rival = new ThinDevice("vm1", 8, 64 << 20, null, "", ThinDevice.Stage.CREATED);
        try (SqliteThinRecords records = open()) {
            records.put(DEVICE);
            assertThrows(ThinPoolException.class, () -> records.put(rival));
            assertEquals(List.of(DEVICE), records.devices());
        }
    }

    @Test
    void open_whenItFails_keepsNoLock() throws Exception {
        open().close();
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("pool.db"));
                Statement statement = other.createStatement()) {
            statement.execute("PRAGMA user_version = 99");
        }
        assertThrows(ThinPoolException.class, this::open);

        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("pool.db"));
                Statement statement = other.createStatement()) {
            statement.execute("PRAGMA user_version = 1"); // SQLITE_BUSY if the one that failed had kept its connection
        }
        open().close();
    }
}
