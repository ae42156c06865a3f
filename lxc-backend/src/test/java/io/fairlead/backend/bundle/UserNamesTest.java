package io.fairlead.backend.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.backend.bundle.OciSpec.User;
import io.fairlead.linux.file.RootedTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserNamesTest {
    @TempDir
    private Path root;

    @BeforeEach
    void fill() throws IOException {
        Files.createDirectory(root.resolve("etc"));
        Files.writeString(
                root.resolve("etc/passwd"),
                "root:x:0:0::/:/bin/sh\nweb:x:33:34::/:/bin/sh\nodd:x:many:1::/:\n99999999999:x:0:0::/:\n");
        Files.writeString(
                root.resolve("etc/group"),
                "root:x:0:\nweb:x:34:\nlogs:x:40:web,other\nhuge:x:99999999999:web\n4294967296000:x:0:\n");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, -, 0, 0",
                "root, -, 0, 0",
                "33, -, 33, 34",
                "33, 7, 33, 7",
                "0033, -, 33, 34",
                "-, logs, 0, 40",
                "77, -, 77, 0"
            })
    void resolve_whenNamesOrNumbersAreGiven_findsTheNumbers(String user, String group, long uid, long gid)
            throws IOException {
        User resolved = resolve(user, group);
        assertEquals(uid, resolved.uid());
        assertEquals(gid, resolved.gid());
    }

    @Test
    void resolve_whenTheUserIsAMemberOfGroups_hasThemToo() throws IOException {
        assertEquals(new User(33, 34, List.of(40L)), resolve("web", null));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "nobody, -, nobody",
                "odd, -, odd",
                "-, staff, staff",
                "4294967295, 1, 4294967295",
                "99999999999, -, 99999999999",
                "-, 4294967296000, 4294967296000"
            })
    void resolve_whenThereIsNoSuchName_saysWhich(String user, String group, String named) {
        IOException refused = assertThrows(IOException.class, () -> resolve(user, group));
        assertTrue(refused.getMessage().contains(named), refused.getMessage());
    }

    @Test
    void resolve_whenThePasswordFileIsALinkOutOfTheTree_doesNotFollowIt() throws IOException {
        Files.delete(root.resolve("etc/passwd"));
        Files.createSymbolicLink(root.resolve("etc/passwd"), Path.of("/etc/passwd"));
        // Inside the tree the link leads to itself.
        assertThrows(IOException.class, () -> resolve("daemon", null));
    }

    private User resolve(String user, String group) throws IOException {
        try (RootedTree tree = new RootedTree(root)) {
            return UserNames.resolve(tree, user, group);
        }
    }
}
