package io.fairlead.thin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records on a connection to SQLite of which single calls fail, as they do on a dying disk. */
class FailingConnectionTest {
    private static final ThinDevice DEVICE =
            new ThinDevice("vm1", 7, 64 << 20, "base", "ext4", ThinDevice.Stage.CREATED, ThinRole.VOLUME);
    private static final ThinDevice OTHER =
            new ThinDevice("vm2", 8, 64 << 20, null, "", ThinDevice.Stage.CREATED, ThinRole.VOLUME);

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("pool.db");
    }

    /** SQLite's own connection, of which calls can be made to fail. */
    private Connection connection() throws SQLException {
        return mock(Connection.class, delegatesTo(DriverManager.getConnection("jdbc:sqlite:" + file())));
    }

    private static SQLException broken() {
        return new SQLException("disk I/O error");
    }

    /** What the next daemon finds; it could not open the file if the connection had been kept. */
    private List<ThinDevice> found() {
        try (SqliteThinRecords again = new SqliteThinRecords(file())) {
            return again.devices();
        }
    }

    @Test
    void open_whenAPragmaFails_keepsNoConnection() throws SQLException {
        Connection connection = connection();
        Statement statement = mock(Statement.class);
        when(statement.execute(anyString())).thenThrow(broken());
        when(connection.createStatement()).thenReturn(statement);

        ThinPoolException refusal =
                assertThrows(ThinPoolException.class, () -> new SqliteThinRecords(file(), connection));

        assertEquals(ThinPoolException.Reason.IO, refusal.reason());
        assertTrue(connection.isClosed());
        assertEquals(List.of(), found());
    }

    @Test
    void open_whenClosingFailsToo_tellsBoth() throws SQLException {
        Connection connection = mock(Connection.class);
        SQLException closing = broken();
        when(connection.createStatement()).thenThrow(broken());
        doThrow(closing).when(connection).close();

        ThinPoolException refusal =
                assertThrows(ThinPoolException.class, () -> new SqliteThinRecords(file(), connection));

        assertSame(closing, refusal.getSuppressed()[0]);
    }

    @Test
    void putBoth_whenItCannotCommit_changesNeither_andGoesOn() throws SQLException {
        Connection connection = connection();
        try (SqliteThinRecords records = new SqliteThinRecords(file(), connection)) {
            doThrow(broken()).doNothing().when(connection).commit();

            assertThrows(ThinPoolException.class, () -> records.putBoth(DEVICE, OTHER));

            assertEquals(List.of(), records.devices());
            records.put(OTHER);
        }
        assertEquals(List.of(OTHER), found());
    }

    @Test
    void putBoth_whenItCannotEvenBeUndone_neverLeavesOneOfTwo() throws SQLException {
        Connection connection = connection();
        SqliteThinRecords records = new SqliteThinRecords(file(), connection);
        SQLException undoing = broken();
        doThrow(broken()).when(connection).commit();
        doThrow(undoing).when(connection).rollback();

        ThinPoolException refusal = assertThrows(ThinPoolException.class, () -> records.putBoth(DEVICE, OTHER));

        assertSame(undoing, refusal.getCause().getSuppressed()[0]);
        assertThrows(ThinPoolException.class, () -> records.put(OTHER), "it must not be used any more");
        assertEquals(List.of(), found());
    }

    @Test
    void close_whenItFails_isTold() throws SQLException {
        Connection connection = connection();
        SqliteThinRecords records = new SqliteThinRecords(file(), connection);
        doThrow(broken()).when(connection).close();

        assertEquals(
                ThinPoolException.Reason.IO,
                assertThrows(ThinPoolException.class, records::close).reason());
    }
}
