package io.fairlead.thin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteThinRecordsTest {
    private static final ThinDevice DEVICE =
            new ThinDevice("vm1", 7, 64 << 20, "base", "ext4", ThinDevice.Stage.CREATED, ThinRole.SNAPSHOT);

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
        ThinDevice next =
                new ThinDevice("new", 8, 64 << 20, "base", "ext4", ThinDevice.Stage.CREATED, ThinRole.UNFINISHED);
        try (SqliteThinRecords records = open()) {
            records.put(DEVICE);
            records.put(next);

            records.putBoth(DEVICE.at(ThinDevice.Stage.REMOVING), next.inPlaceOf(DEVICE));
        }
        try (SqliteThinRecords again = open()) {
            assertEquals(List.of(DEVICE.at(ThinDevice.Stage.REMOVING), next.inPlaceOf(DEVICE)), again.devices());
        }
    }

    @Test
    void put_whenTheNameIsTaken_changesNothing() {
        ThinDevice rival = new ThinDevice("vm1", 8, 64 << 20, null, "", ThinDevice.Stage.CREATED, ThinRole.VOLUME);
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
            statement.execute("PRAGMA user_version = 2"); // SQLITE_BUSY if the one that failed had kept its connection
        }
        open().close();
    }

    /** The records of a pool of the first version, made as its daemon made them. */
    private Path firstVersion() throws SQLException {
        Path file = folder.resolve("pool.db");
        try (Connection old = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = old.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("CREATE TABLE device (device_id INTEGER PRIMARY KEY, name TEXT NOT NULL,"
                    + " size_bytes INTEGER NOT NULL, origin TEXT, content TEXT NOT NULL, stage TEXT NOT NULL)");
            statement.execute("CREATE UNIQUE INDEX device_name ON device (name) WHERE stage <> 'REMOVING'");
            statement.execute("CREATE TABLE counters (settled_id INTEGER NOT NULL, reserved_id INTEGER NOT NULL,"
                    + " transaction_id INTEGER NOT NULL, next_transaction_id INTEGER NOT NULL,"
                    + " identity TEXT, clean INTEGER NOT NULL)");
            statement.execute("INSERT INTO counters VALUES (257, 513, 4, 5, 'id', 1)");
            List<String> devices = List.of(
                    "1, 'fairlead-base-67108864', 67108864, NULL, 'base', 'CREATED'",
                    "2, 'fairlead-base-xfs-335544320', 335544320, NULL, 'base', 'CREATED'",
                    "3, 'fairlead-base-4194304', 4194304, NULL, 'unfinished', 'CREATED'",
                    "4, 'web', 67108864, 'fairlead-base-67108864', 'ext4', 'CREATED'",
                    "5, 'fairlead-snapshot-00ff', 67108864, 'web', 'ext4', 'LOST'",
                    "6, 'fairlead-new-00ff', 67108864, 'fairlead-snapshot-00ff', 'ext4', 'CREATED'",
                    "7, 'web', 512, NULL, 'raw', 'REMOVING'",
                    "8, 'fairlead', 512, NULL, 'raw', 'CREATED'");
            for (String device : devices) {
                statement.execute("INSERT INTO device VALUES (" + device + ")");
            }
            statement.execute("PRAGMA user_version = 1");
        }
        return file;
    }

    @Test
    void open_whenTheRecordsAreOfTheFirstVersion_findsEachRoleByItsName() throws SQLException {
        firstVersion();
        for (int round = 0; round < 2; round++) {
            try (SqliteThinRecords records = open()) {
                assertEquals(
                        List.of(
                                "fairlead-base-67108864 BASE ext4",
                                "fairlead-base-xfs-335544320 BASE xfs",
                                "fairlead-base-4194304 UNFINISHED ext4",
                                "web VOLUME ext4",
                                "fairlead-snapshot-00ff SNAPSHOT ext4",
                                "fairlead-new-00ff UNFINISHED ext4",
                                "web VOLUME raw",
                                "fairlead VOLUME raw"),
                        records.devices().stream()
                                .map(device -> "%s %s %s".formatted(device.name(), device.role(), device.content()))
                                .toList());
                assertEquals(new ThinRecords.Counters(257, 513, 4, 5, "id", true), records.counters());
                records.put(DEVICE.playing(ThinRole.LAYER).resized(1 << 20));
                records.remove(DEVICE.deviceId());
                records.put(new ThinDevice("web", 7, 512, null, "raw", ThinDevice.Stage.REMOVING, ThinRole.VOLUME));
            }
        }
    }

    /** A table in the way makes the last step fail, as a full disk would. */
    @Test
    void open_whenTheMigrationFails_leavesTheFirstVersionWhole() throws SQLException {
        Path file = firstVersion();
        String trigger = "CREATE TRIGGER stop BEFORE UPDATE ON device WHEN old.device_id = 3"
                + " BEGIN SELECT RAISE(ABORT, 'stop'); END";
        try (Connection old = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = old.createStatement()) {
            statement.execute(trigger);
        }

        assertThrows(ThinPoolException.class, this::open);

        try (Connection old = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = old.createStatement()) {
            assertEquals(1, statement.executeQuery("PRAGMA user_version").getInt(1));
            assertEquals(
                    8, statement.executeQuery("SELECT count(*) FROM device").getInt(1));
            assertThrows(SQLException.class, () -> statement.executeQuery("SELECT role FROM device"));
            statement.execute("DROP TRIGGER stop");
        }
        try (SqliteThinRecords records = open()) {
            assertEquals(ThinRole.SNAPSHOT, records.devices().get(4).role());
        }
    }
}
