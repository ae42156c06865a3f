package io.fairlead.backend.bundle;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.fairlead.backend.bundle.OciSpec.User;
import io.fairlead.linux.file.RootedTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A guest's own lists of users and groups, with any content, give numbers that the kernel knows, or an error.
 */
class UserNamesFuzzTest {
    private static final long ID_MAX = 0xfffffffeL;

    @TempDir
    static Path root;

    /** An input is both files, with a NUL between. */
    @MethodSource("seeds")
    @FuzzTest
    void resolve_whenTheFilesHoldAnything_givesNumbersOrAReason(byte[] input) throws IOException {
        int end = 0;
        while (end < input.length && input[end] != 0) {
            end++;
        }
        Path etc = Files.createDirectories(root.resolve("etc"));
        Files.write(etc.resolve("passwd"), java.util.Arrays.copyOf(input, end));
        Files.write(
                etc.resolve("group"),
                java.util.Arrays.copyOfRange(input, Math.min(end + 1, input.length), input.length));
        try (RootedTree tree = new RootedTree(root)) {
            requireValid(UserNames.resolve(tree, "web", null));
            requireValid(UserNames.resolve(tree, "33", "logs"));
        } catch (IOException reason) {
            assertFalse(reason.getMessage().isBlank());
        }
    }

    private static void requireValid(User user) {
        assertTrue(user.uid() >= 0 && user.uid() <= ID_MAX);
        assertTrue(user.gid() >= 0 && user.gid() <= ID_MAX);
        user.additionalGids().forEach(gid -> assertTrue(gid >= 0 && gid <= ID_MAX));
    }

    static List<byte[]> seeds() {
        String passwd = ":::\nroot:x:0:0::/:/bin/sh\nweb:x:33:34::/:/bin/sh\n99999999999:x:0:0::/:\nodd:x:many:1::/:\n";
        String group = "root:x:0:\nweb:x:34:\nlogs:x:40:web,other\n";
        return List.of((passwd + "\0" + group).getBytes(StandardCharsets.UTF_8));
    }
}
