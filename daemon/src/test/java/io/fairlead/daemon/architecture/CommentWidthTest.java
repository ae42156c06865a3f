package io.fairlead.daemon.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The formatter keeps code within 120 columns, but leaves comments as they are. */
class CommentWidthTest {
    private static final int COLUMNS_MAX = 120;
    private static final int FILES_MIN = 500; // else the modules are no longer where this test looks

    @Test
    void comments_ofAllModules_areAtMost120ColumnsWide() throws IOException {
        List<String> wide = new ArrayList<>();
        List<Path> files = sources();
        for (Path file : files) {
            int number = 0;
            for (String line : Files.readAllLines(file)) {
                number++;
                if (line.length() > COLUMNS_MAX && line.strip().matches("(\\*|//|/\\*).*")) {
                    wide.add("%s:%d".formatted(file, number));
                }
            }
        }

        assertEquals(List.of(), wide);
        assertTrue(files.size() > FILES_MIN, files.size() + " files");
    }

    private static List<Path> sources() throws IOException {
        List<Path> all = new ArrayList<>();
        try (Stream<Path> modules = Files.list(Path.of(".."))) {
            for (Path sources : modules.map(module -> module.resolve("src")).toList()) {
                if (Files.isDirectory(sources)) {
                    try (Stream<Path> tree = Files.walk(sources)) {
                        tree.filter(file -> file.toString().endsWith(".java")).forEach(all::add);
                    }
                }
            }
        }
        return all;
    }
}
