package io.fairlead.thin;

import io.fairlead.thin.ThinPoolException.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Records in one SQLite file: write-ahead log, synchronous FULL, so that a commit survives a power cut. One connection,
 * which has the file for itself until it is closed: two daemons on one pool would be the end of it, and a commit locks
 * nothing then. Calls from several threads follow each other.
 */
public final class SqliteThinRecords implements ThinRecords {
    /**
     * The statements that lead from each version of the schema to the next one. They never change: a pool of any age
     * takes those that it lacks.
     */
    private static final List<List<String>> SCHEMA = List.of(
            List.of(
                    """
                    CREATE TABLE device (
                      device_id INTEGER PRIMARY KEY, name TEXT NOT NULL, size_bytes INTEGER NOT NULL,
                      origin TEXT, content TEXT NOT NULL, stage TEXT NOT NULL)""",
                    "CREATE UNIQUE INDEX device_name ON device (name) WHERE stage <> 'REMOVING'",
                    """
                    CREATE TABLE counters (
                      settled_id INTEGER NOT NULL, reserved_id INTEGER NOT NULL,
                      transaction_id INTEGER NOT NULL, next_transaction_id INTEGER NOT NULL,
                      identity TEXT, clean INTEGER NOT NULL)""",
                    // Id 0 is the pool's identity.
                    "INSERT INTO counters VALUES (1, 1, 0, 0, NULL, 0)"),
            // Until then the beginning of a name told the role, and a base's content told only whether it was finished.
            List.of(
                    "ALTER TABLE device ADD COLUMN role TEXT NOT NULL DEFAULT 'VOLUME'",
                    "UPDATE device SET role = 'SNAPSHOT' WHERE name GLOB 'fairlead-snapshot-*'",
                    "UPDATE device SET role = 'UNFINISHED' WHERE name GLOB 'fairlead-new-*'",
                    """
                    UPDATE device SET role = CASE content WHEN 'base' THEN 'BASE' ELSE 'UNFINISHED' END,
                      content = CASE WHEN name GLOB 'fairlead-base-xfs-*' THEN 'xfs' ELSE 'ext4' END
                      WHERE name GLOB 'fairlead-base-*'"""));

    private static final String PUT =
            "INSERT INTO device VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (device_id) DO UPDATE SET"
                    + " name = excluded.name, size_bytes = excluded.size_bytes, origin = excluded.origin,"
                    + " content = excluded.content, stage = excluded.stage, role = excluded.role";

    private final Path file;
    private final Connection connection;
    /** Compiled once; closed with the connection. */
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    /**
     * Opens the file, or makes it.
     *
     * @throws ThinPoolException IO if it is damaged, of a newer version, or open elsewhere
     */
    public SqliteThinRecords(Path file) {
        this(file, connect(file));
    }

    /** @param connection to that file; closed with the records, and if they cannot be opened */
    SqliteThinRecords(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA locking_mode = EXCLUSIVE"); // before WAL: then no shared index is made
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = FULL");
            requireWhole(statement);
            prepareSchema(statement);
        } catch (SQLException e) {
            ThinPoolException failure = failure("open", e);
            closeAfter(failure);
            throw failure;
        }
    }

    private static Connection connect(Path file) {
        try {
            return DriverManager.getConnection("jdbc:sqlite:" + file);
        } catch (SQLException e) {
            throw failure(file, "open", e);
        }
    }

    /** Otherwise the lock of a file that we do not use would also keep us from opening it again. */
    private void closeAfter(Exception failure) {
        try {
            connection.close();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    /**
     * SQLite does not check its file by itself. To check the records of a thousand devices at the start takes about a
     * millisecond.
     */
    private static void requireWhole(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("PRAGMA quick_check(1)")) {
            String found = row.next() ? row.getString(1) : "nothing";
            if (!found.equals("ok")) {
                throw new SQLException("the file is damaged: %s".formatted(found));
            }
        }
    }

    private void prepareSchema(Statement statement) throws SQLException {
        int version;
        try (ResultSet row = statement.executeQuery("PRAGMA user_version")) {
            version = row.getInt(1);
        }
        if (version < 0 || version > SCHEMA.size()) {
            throw new SQLException("schema version %d (expected: at most %d)".formatted(version, SCHEMA.size()));
        }
        if (version == SCHEMA.size()) {
            return;
        }
        connection.setAutoCommit(false); // one transaction: a crash leaves the old schema or the new one
        for (List<String> step : SCHEMA.subList(version, SCHEMA.size())) {
            for (String change : step) {
                statement.execute(change);
            }
        }
        statement.execute("PRAGMA user_version = " + SCHEMA.size());
        connection.commit();
        connection.setAutoCommit(true);
    }

    @Override
    public synchronized List<ThinDevice> devices() {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT * FROM device ORDER BY device_id")) {
            List<ThinDevice> devices = new ArrayList<>();
            while (row.next()) {
                devices.add(new ThinDevice(
                        row.getString("name"),
                        row.getInt("device_id"),
                        row.getLong("size_bytes"),
                        row.getString("origin"),
                        row.getString("content"),
                        ThinDevice.Stage.valueOf(row.getString("stage")),
                        ThinRole.valueOf(row.getString("role"))));
            }
            return devices;
        } catch (SQLException e) {
            throw failure("read", e);
        } catch (IllegalArgumentException | NullPointerException e) { // no value that we write
            throw new ThinPoolException(Reason.IO, "thin pool records %s are damaged".formatted(file), e);
        }
    }

    @Override
    public synchronized Counters counters() {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT * FROM counters")) {
            return new Counters(
                    row.getInt(1), row.getInt(2), row.getLong(3), row.getLong(4), row.getString(5), row.getBoolean(6));
        } catch (SQLException e) {
            throw failure("read", e);
        }
    }

    @Override
    public void put(ThinDevice device) {
        execute(PUT, columns(device));
    }

    private static Object[] columns(ThinDevice device) {
        return new Object[] {
            device.deviceId(),
            device.name(),
            device.sizeBytes(),
            device.origin(),
            device.content(),
            device.stage().name(),
            device.role().name()
        };
    }

    @Override
    public synchronized void putBoth(ThinDevice first, ThinDevice second) {
        try {
            connection.setAutoCommit(false);
            try {
                execute(PUT, columns(first));
                execute(PUT, columns(second));
                connection.commit();
            } catch (SQLException | ThinPoolException e) {
                undo(e);
                throw e;
            }
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            throw failure("write", e);
        }
    }

    /**
     * If even that fails, only closing ends the transaction without half of it: JDBC commits what is open when
     * auto-commit is set.
     */
    private void undo(Exception failure) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            failure.addSuppressed(e);
            closeAfter(failure);
        }
    }

    @Override
    public void remove(int deviceId) {
        execute("DELETE FROM device WHERE device_id = ?", deviceId);
    }

    @Override
    public void reserveIds(int id) {
        execute("UPDATE counters SET reserved_id = ?", id);
    }

    @Override
    public void settleIds(int id) {
        execute("UPDATE counters SET settled_id = ?", id);
    }

    @Override
    public void intendTransactionId(long next) {
        execute("UPDATE counters SET next_transaction_id = ?", next);
    }

    @Override
    public void confirmTransactionId(long current) {
        execute("UPDATE counters SET transaction_id = ?", current);
    }

    @Override
    public void setIdentity(String uuid) {
        execute("UPDATE counters SET identity = ?", uuid);
    }

    @Override
    public void setClean(boolean clean) {
        execute("UPDATE counters SET clean = ?", clean);
    }

    private synchronized void execute(String sql, Object... values) {
        try {
            PreparedStatement statement = statement(sql);
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        } catch (SQLException e) {
            throw failure("write", e);
        }
    }

    private PreparedStatement statement(String sql) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        return statement;
    }

    private ThinPoolException failure(String what, SQLException e) {
        return failure(file, what, e);
    }

    private static ThinPoolException failure(Path file, String what, SQLException e) {
        return new ThinPoolException(Reason.IO, "cannot %s thin pool records %s".formatted(what, file), e);
    }

    @Override
    public synchronized void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failure("close", e);
        }
    }
}
