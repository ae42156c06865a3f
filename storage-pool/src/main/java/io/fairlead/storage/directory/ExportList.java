package io.fairlead.storage.directory;

import io.fairlead.kit.error.ErrorCode;
import io.fairlead.linux.process.Command;
import io.fairlead.linux.process.Programs;
import io.fairlead.storage.driver.StorageErrors;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The folders that a host says it exports by NFS, asked by showmount. A host that serves version 4 alone lists none.
 */
final class ExportList {
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final int OUTPUT_BYTES_MAX = 1 << 20;

    private ExportList() {}

    static List<String> of(String host) {
        if (Programs.find("showmount").isEmpty()) {
            throw StorageErrors.unsupported("the program showmount is missing (Debian: package nfs-common)");
        }
        try {
            String output = Command.of("showmount", "--no-headers", "--exports", host)
                    .within(LIMIT)
                    .captureLimit(OUTPUT_BYTES_MAX)
                    .run()
                    .orThrow()
                    .output();
            return folders(output);
        } catch (IOException e) {
            throw StorageErrors.of(
                    ErrorCode.INTERNAL_ERROR,
                    "cannot list the exports of host '%s': %s".formatted(host, e.getMessage()));
        }
    }

    /**
     * Each line is a folder, then one word that names the clients allowed to mount it. The host is not trusted: no line
     * takes long to read.
     */
    static List<String> folders(String output) {
        List<String> folders = new ArrayList<>();
        for (String line : output.split("\n")) {
            String trimmed = line.stripTrailing();
            int end = lastBlank(trimmed); // of the folder's name, which may hold blanks
            if (trimmed.startsWith("/") && end > 0) {
                folders.add(trimmed.substring(0, end).stripTrailing());
            }
        }
        return folders;
    }

    private static int lastBlank(String line) {
        return Math.max(line.lastIndexOf(' '), line.lastIndexOf('\t'));
    }
}
