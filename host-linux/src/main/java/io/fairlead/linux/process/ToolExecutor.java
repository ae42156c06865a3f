package io.fairlead.linux.process;

import java.nio.file.Path;
import java.util.Map;
import org.apache.commons.exec.CommandLine;
import org.apache.commons.exec.DefaultExecutor;

/** Commons Exec around a process that we have started ourselves, with what Java's own processes cannot have. */
final class ToolExecutor extends DefaultExecutor {
    private final PipedProcess process;

    @SuppressWarnings("deprecation") // the builder, which is to take its place, builds no subclasses
    ToolExecutor(PipedProcess process) {
        this.process = process;
    }

    @Override
    protected Process launch(CommandLine command, Map<String, String> environment, Path directory) {
        return process;
    }
}
