package io.fairlead.linux.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fairlead.linux.sys.KernelFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

class ThreadPriorityTest {
    private static final int NICE_FIELD_AFTER_NAME = 16; // proc(5): the 19th, and the name is the second

    @Test
    void lowerOwnToLowest_changesTheCallingThreadAlone() throws Exception {
        long before = nice();
        Executor ownThread = task -> new Thread(task).start();

        long lowered = CompletableFuture.supplyAsync(ThreadPriorityTest::loweredNice, ownThread)
                .get();

        assertEquals(19, lowered);
        assertEquals(before, nice());
    }

    private static long loweredNice() {
        try {
            ThreadPriority.lowerOwnToLowest();
            return nice();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static long nice() throws IOException {
        String stat = KernelFile.readTrimmed(Path.of("/proc/thread-self/stat"));
        String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Long.parseLong(afterName[NICE_FIELD_AFTER_NAME]);
    }
}
