package io.fairlead.linux.mount;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.provider.MethodSource;

/** A guest may mount anything under any name anywhere: every line is read, and gives the true source and place. */
class MountTableFuzzTest {
    /** An input is the place and the source, with a NUL between. */
    @MethodSource("mounts")
    @FuzzTest
    void parse_whenAMountIsCalledAnything_tellsItsPlaceAndSource(byte[] input) {
        String[] parts = new String(input, StandardCharsets.UTF_8).split("\0", 2);
        String target = "/" + parts[0];
        String source = parts.length == 1 ? "" : parts[1].replace("\0", "");
        String line = "36 35 98:0 / %s rw,noatime master:1 - tmpfs %s rw,errors=continue\n"
                .formatted(escaped(target), escaped(source));

        MountTable table = MountTable.parse(line + "37 35 98:1 / /other rw - ext4 /dev/sda rw\n");

        assertEquals(2, table.entries().size());
        MountEntry entry = table.entries().get(0);
        assertEquals(java.nio.file.Path.of(target), entry.target());
        assertEquals(source, entry.source());
        assertEquals(List.of("rw", "errors=continue"), entry.superOptions());
    }

    /** As the kernel does (fs/proc_namespace.c, mangle). */
    private static String escaped(String name) {
        return name.replace("\\", "\\134")
                .replace(" ", "\\040")
                .replace("\t", "\\011")
                .replace("\n", "\\012")
                .replace("#", "\\043");
    }

    static List<byte[]> mounts() {
        return List.of(
                "srv/a b\0/dev/sda".getBytes(StandardCharsets.UTF_8),
                "a - b\\\n#\0tmp fs".getBytes(StandardCharsets.UTF_8),
                "gr\u00fc\u00dfe\0".getBytes(StandardCharsets.UTF_8));
    }
}
