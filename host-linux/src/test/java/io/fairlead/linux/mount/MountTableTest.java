package io.fairlead.linux.mount;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class MountTableTest {
    private static final String TABLE =
            """
            27 1 254:0 / / rw,relatime shared:1 master:2 - ext4 /dev/vda rw,errors=remount-ro
            28 27 0:40 / /mnt/with\\040space rw - tmpfs a\\134b rw,size=64k
            29 28 0:41 / /mnt/with\\040space/inside ro,nosuid - overlay overlay ro,lowerdir=/a:/b,upperdir=/c
            30 27 0:42 / /mnt/with rw -  none
            """;

    @Test
    void parse_whenFieldsAreOptionalOrEscaped_readsThemAll() {
        MountTable table = MountTable.parse(TABLE.replace("-  none", "- tmpfs none"));
        MountEntry root = table.at(Path.of("/")).orElseThrow();
        assertEquals(List.of("shared:1", "master:2"), root.propagation());
        assertEquals("ext4", root.type());
        MountEntry spaced = table.at(Path.of("/mnt/with space")).orElseThrow();
        assertEquals("a\\b", spaced.source());
        assertEquals("64k", spaced.superOption("size").orElseThrow());
        MountEntry inside = table.at(Path.of("/mnt/with space/inside")).orElseThrow();
        assertTrue(inside.readOnly());
        assertEquals(List.of(inside, spaced), table.below(Path.of("/mnt/with space")));
        assertEquals(List.of(), table.entries().get(3).superOptions());
    }

    @Test
    void parse_whenALineIsNotOfATable_refuses() {
        assertThrows(IllegalArgumentException.class, () -> MountTable.parse("something else"));
    }
}
