package io.fairlead.storage.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TreeRecordTest {
    @TempDir
    private Path folder;

    /** The topmost first, as layers come on top. */
    private static List<String> stack(int size) {
        List<String> stack = new ArrayList<>(
                IntStream.range(0, size).mapToObj("%012x"::formatted).toList());
        Collections.reverse(stack);
        return stack;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 69, 70, 71, 140, 141, 300})
    void layers_ofAnyNumber_areReadAsTheyWereWritten(int size) throws IOException {
        TreeRecord record = new TreeRecord(folder);
        record.writeLayers(stack(size));
        assertEquals(stack(size), record.layers());
        for (Path part : PoolFolder.children(folder)) {
            assertTrue(Files.readSymbolicLink(part).toString().length() <= LinkText.BYTES_MAX, part.toString());
        }
    }

    @Test
    void layers_whenTheyBecomeMoreOneByOne_areAllThere() throws IOException {
        TreeRecord record = new TreeRecord(folder);
        for (int size = 1; size < 220; size++) {
            record.writeLayers(stack(size));
            assertEquals(stack(size), record.layers());
        }
    }

    /** The first version kept up to 78 in one text. */
    @Test
    void layers_ofAnEarlierVersion_areReadAndCanBecomeMore() throws IOException {
        TreeRecord record = new TreeRecord(folder);
        LinkText.write(folder.resolve("layers"), String.join(":", stack(78)));
        assertEquals(stack(78), record.layers());

        record.writeLayers(stack(79));

        assertEquals(stack(79), record.layers());
    }

    @Test
    void layers_whenAWriteWasCutOff_areTheOldOnes() throws IOException {
        TreeRecord record = new TreeRecord(folder);
        record.writeLayers(stack(70));
        // The next list would be one more: its lower part is written first.
        LinkText.write(folder.resolve("layers.1"), String.join(":", stack(70)));

        assertEquals(stack(70), record.layers());
        record.writeLayers(stack(71));
        assertEquals(stack(71), record.layers());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0123456789ab:+1",
                "0123456789ab:+0",
                "0123456789ab:+-1",
                "0123456789ab:+101",
                "0123456789ab:+x",
                "+1",
                ":",
                "0123456789ab:",
                "+1:0123456789ab",
                "../../etc",
                "0123456789AB"
            })
    void layers_whenTheTextIsDamaged_areRefused(String text) throws IOException {
        LinkText.write(folder.resolve("layers"), text);
        assertThrows(IOException.class, () -> new TreeRecord(folder).layers());
    }
}
