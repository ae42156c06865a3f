package io.fairlead.core.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.core.testing.Documents;
import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.kit.store.DamagedFile;
import io.fairlead.kit.store.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DefinitionStoreTest {
    private static final UUID C1 = Documents.uuidOf("c1");

    @TempDir
    Path directory;

    private DefinitionStore store;

    @BeforeEach
    void open() {
        store = new DefinitionStore(directory, new DurableFiles());
    }

    @Test
    void load_whenSaved_givesEverythingBack() throws IOException {
        store.save(Documents.named("c1"));
        store.setAutostart(C1, true);
        LoadedDomains loaded = store.load();
        assertEquals(List.of(new StoredDomain(C1, Documents.named("c1"), true)), loaded.domains());
        assertEquals(List.of(), loaded.damaged());
    }

    @Test
    void save_whenReadByAnAdministrator_isTheDefinitionAsText() throws IOException {
        store.save(Documents.named("c1"));
        String text = Files.readString(directory.resolve("domains").resolve(C1 + ".xml"));
        assertTrue(text.contains("<name>c1</name>"), text);
        assertTrue(text.lines().count() > 10, text);
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "<domain", "<network/>", "<domain type='lxc'><name>c1</name></domain>"})
    void load_whenAFileIsDamaged_reportsAndKeepsIt(String text) throws IOException {
        store.save(Documents.named("c2"));
        Path file = directory.resolve("domains").resolve(C1 + ".xml");
        Files.writeString(file, text);
        LoadedDomains loaded = store.load();
        assertEquals(1, loaded.domains().size());
        assertEquals(
                List.of(file), loaded.damaged().stream().map(DamagedFile::file).toList());
        assertEquals(text, Files.readString(file));
    }

    @Test
    void load_whenAFileHasAnothersName_reportsIt() throws IOException {
        store.save(Documents.named("c1"));
        UUID other = Documents.uuidOf("other");
        store.save(Documents.named("c1", other, ""));
        LoadedDomains loaded = store.load();
        assertEquals(1, loaded.domains().size());
        assertEquals(1, loaded.damaged().size());
    }

    @Test
    void load_whenACrashLeftThings_sweepsThem() throws IOException {
        List<Path> halves = withHalves();
        LoadedDomains loaded = store.load();
        assertEquals(1, loaded.domains().size());
        assertEquals(List.of(), loaded.damaged());
        assertEquals(List.of(), halves.stream().filter(Files::exists).toList());
    }

    /**
     * A definition, the temporary file of a second one, and a mark of a third.
     *
     * @return the latter two
     */
    private List<Path> withHalves() throws IOException {
        store.save(Documents.named("c1"));
        Path temporary = Files.writeString(directory.resolve("domains").resolve(C1 + ".xml.new"), "<dom");
        Path mark = Files.createFile(
                directory.resolve("autostart").resolve(UUID.randomUUID().toString()));
        return List.of(temporary, mark);
    }

    /** A daemon is writing a definition, and has another, already marked one only in its journal. */
    @Test
    void inspect_whileADaemonIsAtWork_changesNothing() throws IOException {
        List<Path> halves = withHalves();
        LoadedDomains loaded = DefinitionStore.inspect(directory);
        assertEquals(1, loaded.domains().size());
        assertEquals(List.of(), loaded.damaged());
        assertTrue(halves.stream().allMatch(Files::exists));
    }

    @Test
    void load_whenAPowerCutTookTheContentOfANewFile_countsItAsNeverDefined() throws IOException {
        store.save(Documents.named("c2"));
        Path empty = Files.createFile(directory.resolve("domains").resolve(C1 + ".xml"));
        Path mark = Files.createFile(directory.resolve("autostart").resolve(C1.toString()));
        LoadedDomains loaded = store.load();
        assertEquals(1, loaded.domains().size());
        assertEquals(List.of(), loaded.damaged());
        assertFalse(Files.exists(empty) || Files.exists(mark));
    }

    @Test
    void save_whenTheFileCannotBeWritten_keepsTheOldOne() throws IOException {
        store.save(Documents.named("c1"));
        String before = Files.readString(directory.resolve("domains").resolve(C1 + ".xml"));
        // A directory in the temporary file's place: even root cannot open it for writing.
        Files.createDirectories(
                directory.resolve("domains").resolve(C1 + ".xml.new").resolve("x"));
        EngineException refusal =
                assertThrows(EngineException.class, () -> store.save(Documents.with("c1", "description", "other")));
        assertEquals(ErrorCode.SYSTEM_ERROR, refusal.code());
        assertEquals(before, Files.readString(directory.resolve("domains").resolve(C1 + ".xml")));
    }

    @Test
    void delete_whenThereIsNothing_doesNothing() throws IOException {
        store.delete(C1);
        store.deleteMarks(C1);
        assertEquals(List.of(), store.load().domains());
    }
}
