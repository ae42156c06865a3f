package io.fairlead.backend.exec;

import com.fasterxml.jackson.core.JacksonException;
import io.fairlead.linux.file.TreeRemover;
import io.fairlead.linux.process.ProcessId;
import io.fairlead.linux.process.ProcessTable;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.KernelFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the processes that an earlier daemon started in a guest that still runs, and removes those that were half made.
 */
final class ExecAdoption {
    private static final Logger log = LoggerFactory.getLogger(ExecAdoption.class);

    private final String bootId;
    private final ExecEnds ends;
    private final HalfMade halfMade;

    ExecAdoption(String bootId, ExecEnds ends, HalfMade halfMade) {
        this.bootId = bootId;
        this.ends = ends;
        this.halfMade = halfMade;
    }

    /**
     * The processes of a guest, in the order of their starts. A process that cannot be taken over is ended and logged.
     */
    List<ExecProcess> find(ExecGuest guest) throws IOException {
        List<ExecProcess> found = new ArrayList<>();
        for (Path path : children(guest.processes())) {
            if (!ExecFolder.isId(path.getFileName().toString())) {
                log.warn("{} is no process of a guest; left alone", path);
                continue;
            }
            ExecFolder folder =
                    ExecFolder.in(guest.processes(), path.getFileName().toString());
            try {
                ExecProcess process = look(guest, folder);
                if (process != null) {
                    found.add(process);
                }
            } catch (IOException | RuntimeException e) {
                log.error("cannot take over or end process {} of domain {}", folder.id(), guest.name(), e);
            }
        }
        found.sort(Comparator.comparing(ExecProcess::started));
        return found;
    }

    private ExecProcess look(ExecGuest guest, ExecFolder folder) throws IOException {
        ExecRecord record = read(folder);
        if (record == null || record.stage() == ExecRecord.Stage.STARTING) {
            log.info("ending process {} of domain {}, whose start was cut off", folder.id(), guest.name());
            endHalfMade(guest, folder, record);
            return null;
        }
        ExecProcess process = ExecProcess.adopted(guest, folder, record);
        if (record.stage() == ExecRecord.Stage.FAILED || !record.monitor().isAlive()) {
            process.complete(ends.exit(process));
        }
        return process;
    }

    private static ExecRecord read(ExecFolder folder) throws IOException {
        try {
            return ExecRecord.read(folder.record());
        } catch (NoSuchFileException e) {
            return null;
        } catch (JacksonException e) {
            log.error("{} cannot be read; its process is ended", folder.record(), e);
            return null;
        }
    }

    private void endHalfMade(ExecGuest guest, ExecFolder folder, ExecRecord record) throws IOException {
        if (record != null && record.monitor() != null) {
            halfMade.kill(record.monitor());
        } else {
            killUnrecorded(folder.path());
        }
        halfMade.kill(guest, folder);
        TreeRemover.remove(folder.path());
    }

    /** Removes the folders of a guest that no longer runs, with their monitors. */
    void remove(Path processes) throws IOException {
        for (Path path : children(processes)) {
            if (ExecFolder.isId(path.getFileName().toString())) {
                ExecRecord record =
                        read(ExecFolder.in(processes, path.getFileName().toString()));
                if (record != null && record.bootId().equals(bootId) && record.monitor() != null) {
                    halfMade.kill(record.monitor());
                }
            }
        }
        killUnrecorded(processes);
        TreeRemover.remove(processes);
    }

    static List<Path> children(Path folder) throws IOException {
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            entries.forEach(children::add);
        } catch (NoSuchFileException e) {
            return List.of();
        }
        return children;
    }

    /** Kills monitors at or below a folder. The daemon died before it could record their pids. */
    private void killUnrecorded(Path folder) throws IOException {
        int level = ProcessTable.namespacePids((int) ProcessHandle.current().pid()).length;
        for (int pid : ProcessTable.all()) {
            try {
                if (ProcessTable.namespacePids(pid).length > level) {
                    continue; // a guest's: reading its command line may block for ever
                }
                List<String> arguments = List.of(
                        KernelFile.read(Path.of("/proc/" + pid + "/cmdline")).split("\0"));
                boolean ours = arguments.stream()
                        .filter(argument -> argument.startsWith(ExecPrograms.BUNDLE))
                        .anyMatch(argument -> Path.of(argument.substring(ExecPrograms.BUNDLE.length()))
                                .startsWith(folder));
                if (ours) {
                    halfMade.kill(ProcessId.of(pid));
                }
            } catch (ErrnoException e) {
                log.trace("process {} ended while we looked", pid, e);
            }
        }
    }
}
