package io.fairlead.backend.launch;

import io.fairlead.core.backend.GuestExit;
import io.fairlead.linux.process.ProcessWatcher;
import io.fairlead.linux.process.SpawnedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices a guest's end by the end of its monitor, which writes init's exit status before it ends. A killed monitor
 * leaves no status. Its guest, whose console is then unreachable, is killed, and the status is -1.
 */
final class EndWatch {
    private static final Logger log = LoggerFactory.getLogger(EndWatch.class);
    private static final Pattern STATUS = Pattern.compile("-1|[0-9]{1,3}");
    private static final int STATUS_MAX = 255;
    private static final Duration REAP_LIMIT = Duration.ofSeconds(1);

    private final ProcessWatcher watcher;
    private final Executor executor;
    private final Remains remains;
    private final GuestGroups groups;

    EndWatch(ProcessWatcher watcher, Executor executor, Remains remains, GuestGroups groups) {
        this.watcher = watcher;
        this.executor = executor;
        this.remains = remains;
        this.groups = groups;
    }

    /**
     * @param monitor null if it is not a child of this process
     * @param told called once, after the guest's exit is complete and its remains, except its folder, are removed
     */
    void watch(LxcGuest guest, SpawnedProcess monitor, Consumer<GuestExit> told) throws IOException {
        watcher.watch(guest.record().monitor(), () -> executor.execute(() -> end(guest, monitor, told)));
    }

    private void end(LxcGuest guest, SpawnedProcess monitor, Consumer<GuestExit> told) {
        GuestExit exit;
        try {
            if (monitor != null) {
                monitor.waitFor(REAP_LIMIT);
            }
            guest.keepFigures();
            guest.copies().finish();
            exit = clear(guest.record(), guest.folder());
            guest.processes().close();
        } catch (IOException | RuntimeException e) {
            log.error(
                    "domain {} has ended, but not everything of it is removed",
                    guest.definition().name(),
                    e);
            exit = new GuestExit(GuestExit.UNKNOWN, Instant.now());
        } finally {
            groups.leave();
        }
        guest.exit().complete(exit);
        told.accept(exit);
    }

    /** Reads the status that the monitor wrote. Kills and removes the rest of the guest. */
    GuestExit clear(GuestRecord record, GuestFolder folder) throws IOException {
        GuestExit exit = new GuestExit(status(folder), Instant.now(), memoryKills(record));
        remains.kill(record);
        remains.remove(record, folder);
        return exit;
    }

    private long memoryKills(GuestRecord record) {
        try {
            return groups.group(record.cgroup()).usage().memoryKills().orElse(0);
        } catch (IOException e) {
            log.warn("cannot find out whether memory ran out in {}", record.cgroup(), e);
            return 0;
        }
    }

    /** An unreadable status must not prevent the clean-up: it counts as unknown, like a missing one. */
    static int status(GuestFolder folder) {
        try {
            String text = Files.readString(folder.exit()).strip();
            if (STATUS.matcher(text).matches() && Integer.parseInt(text) <= STATUS_MAX) {
                return Integer.parseInt(text);
            }
            log.error("{} is damaged: '{}'", folder.exit(), text);
        } catch (NoSuchFileException e) {
            log.debug("the monitor has left no status of {}", folder.id());
        } catch (IOException e) {
            log.error("{} cannot be read", folder.exit(), e);
        }
        return GuestExit.UNKNOWN;
    }
}
