package io.fairlead.backend.launch;

import com.fasterxml.jackson.core.JacksonException;
import io.fairlead.backend.files.OwnFiles;
import io.fairlead.core.backend.Adopted;
import io.fairlead.core.backend.GuestExit;
import io.fairlead.linux.file.TreeRemover;
import io.fairlead.linux.process.ProcessId;
import io.fairlead.linux.process.ProcessTable;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.KernelFile;
import io.fairlead.xml.domain.DomainDocument;
import io.fairlead.xml.tree.XmlException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the guests of earlier daemons and decides for each one: it runs, it has ended, or its launch was never
 * finished. Then removes files and processes that belong to no guest.
 */
final class GuestDiscovery {
    private static final Logger log = LoggerFactory.getLogger(GuestDiscovery.class);

    private final Path runDirectory;
    private final Path logDirectory;
    private final String bootId;
    private final GuestLauncher launcher;
    private final EndWatch ends;
    private final Remains remains;
    private final GuestGroups groups;
    private final ExecutorService executor;
    private final ExecutorService telling;
    private final Consumer<LxcGuest> register;

    GuestDiscovery(
            BackendConfig config,
            String bootId,
            GuestLauncher launcher,
            EndWatch ends,
            Remains remains,
            GuestGroups groups,
            ExecutorService executor,
            ExecutorService telling,
            Consumer<LxcGuest> register) {
        this.runDirectory = config.runDirectory();
        this.logDirectory = config.logDirectory();
        this.bootId = bootId;
        this.launcher = launcher;
        this.ends = ends;
        this.remains = remains;
        this.groups = groups;
        this.executor = executor;
        this.telling = telling;
        this.register = register;
    }

    void run(Function<UUID, Optional<DomainDocument>> definitions, Consumer<Adopted> found) throws IOException {
        OwnFiles.makePassage(GuestFolder.guests(runDirectory));
        OwnFiles.makePassage(GuestFolder.standbys(runDirectory));
        // Before any guest is told: from then on clients may launch guests, whose monitors and groups are in no record
        // that was read here.
        Recorded recorded = recorded();
        killStrayMonitors(recorded);
        removeStandbys();
        removeStrayGroups(recorded);
        launcher.execs.removeStrays(
                guest -> Files.exists(GuestFolder.guests(runDirectory).resolve(guest)));
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (Path path : children(GuestFolder.guests(runDirectory))) {
            all.add(CompletableFuture.supplyAsync(() -> look(path, definitions), executor)
                    .thenAcceptAsync(one -> tell(path, one, found), telling));
        }
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
        groups.removeIfUnused();
    }

    /** Null if it is no guest. */
    private Adopted look(Path path, Function<UUID, Optional<DomainDocument>> definitions) {
        UUID uuid;
        try {
            uuid = UUID.fromString(path.getFileName().toString());
        } catch (IllegalArgumentException e) {
            log.warn("{} is not a guest of this instance; left alone", path);
            return null;
        }
        try {
            Adopted one = adopt(GuestFolder.of(runDirectory, uuid), definitions);
            if (!(one instanceof Adopted.Running)) {
                launcher.execs.remove(uuid);
            }
            return one;
        } catch (IOException | RuntimeException e) {
            log.error("cannot adopt or remove guest {}; its folder {} stays for the next start", uuid, path, e);
            return new Adopted.Unclear(uuid, e);
        }
    }

    private static void tell(Path path, Adopted one, Consumer<Adopted> found) {
        if (one == null) {
            return;
        }
        try {
            found.accept(one);
        } catch (RuntimeException e) {
            log.error("cannot take over or remove the guest of {}; the next start tries again", path, e);
        }
    }

    private Adopted adopt(GuestFolder place, Function<UUID, Optional<DomainDocument>> definitions) throws IOException {
        OwnFiles.close(place.record());
        OwnFiles.close(place.liveDefinition());
        OwnFiles.close(place.config());
        GuestRecord record = readRecord(place.record());
        GuestFolder folder = record == null ? place : place.knownAs(record.id());
        DomainDocument definition = readDefinition(folder);
        if (definition == null && record != null && record.stage() == GuestRecord.Stage.RUNNING) {
            definition = mended(folder, definitions);
        }
        if (record == null) {
            TreeRemover.remove(folder.path());
            return new Adopted.Removed(folder.uuid(), definition, "a folder without a record");
        }
        if (!record.bootId().equals(bootId)) {
            return afterReboot(folder, record, definition);
        }
        if (record.stage() == GuestRecord.Stage.LAUNCHING || definition == null) {
            remains.kill(record);
            remains.remove(record, folder);
            TreeRemover.remove(folder.path());
            return new Adopted.Removed(folder.uuid(), definition, "a launch that had not finished");
        }
        if (!record.monitor().isAlive()) {
            launcher.finishCopies(folder, definition);
            return new Adopted.Ended(folder.uuid(), definition, ends.clear(record, folder));
        }
        return running(folder, record, definition);
    }

    private Adopted running(GuestFolder folder, GuestRecord record, DomainDocument definition) throws IOException {
        LxcGuest guest = launcher.adopt(folder, record, definition);
        groups.enter();
        guest.finishStart();
        register.accept(guest);
        CompletableFuture<GuestExit> exit = new CompletableFuture<>();
        ends.watch(guest, null, exit::complete);
        return new Adopted.Running(folder.uuid(), guest, record.autodestroy(), exit);
    }

    // Pids and devices of another boot mean nothing; only files are left.
    private Adopted afterReboot(GuestFolder folder, GuestRecord record, DomainDocument definition) throws IOException {
        Files.deleteIfExists(folder.standbyLink());
        TreeRemover.remove(folder.state());
        if (record.stage() == GuestRecord.Stage.LAUNCHING || definition == null) {
            TreeRemover.remove(folder.path());
            return new Adopted.Removed(folder.uuid(), definition, "a launch before the host's reboot");
        }
        launcher.finishCopies(folder, definition);
        return new Adopted.Ended(folder.uuid(), definition, new GuestExit(GuestExit.UNKNOWN, Instant.now()));
    }

    private static List<Path> children(Path folder) throws IOException {
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            entries.forEach(children::add);
        } catch (NoSuchFileException e) {
            return List.of();
        }
        return children;
    }

    /** Standby monitors that were never taken, and links to guests that are gone. */
    private void removeStandbys() throws IOException {
        TreeRemover.remove(StandbyMonitor.logs(logDirectory));
        for (Path path : children(GuestFolder.standbys(runDirectory))) {
            if (!Files.isSymbolicLink(path)) {
                TreeRemover.remove(path);
            } else if (!Files.exists(path)) {
                Files.delete(path);
            }
        }
    }

    /**
     * What the records say about all guests.
     *
     * @param monitors of guests
     * @param groups control groups of guests
     * @param unreadable names of folders whose record cannot be read now: whatever may be theirs is left alone
     */
    private record Recorded(Set<ProcessId> monitors, Set<String> groups, Set<String> unreadable) {
        boolean isUsed(String group) {
            return groups.stream()
                            .anyMatch(used ->
                                    used.equals(group) || used.startsWith(group + "/") || group.startsWith(used + "/"))
                    || unreadable.stream().anyMatch(folder -> mayBeOf(folder, group));
        }

        /** The guest's own group, one above it, or one below it. */
        private static boolean mayBeOf(String folder, String group) {
            for (String path = group; path.lastIndexOf('/') > 0; path = path.substring(0, path.lastIndexOf('/'))) {
                if (GuestGroups.isOf(folder, path)) {
                    return true;
                }
            }
            return false;
        }
    }

    private Recorded recorded() throws IOException {
        Recorded recorded = new Recorded(new HashSet<>(), new HashSet<>(), new HashSet<>());
        for (Path guest : children(GuestFolder.guests(runDirectory))) {
            try {
                GuestRecord record = readRecord(guest.resolve(GuestFolder.RECORD));
                if (record != null) {
                    recorded.groups().add(record.cgroup());
                    Optional.ofNullable(record.monitor()).ifPresent(recorded.monitors()::add);
                }
            } catch (IOException e) {
                log.error("the record of guest {} cannot be read; it is left alone", guest.getFileName(), e);
                recorded.unreadable().add(guest.getFileName().toString());
            }
        }
        return recorded;
    }

    // A monitor on standby, or one whose daemon died before it could record the pid, or one whose record is gone.
    private void killStrayMonitors(Recorded recorded) throws IOException {
        int level = ProcessTable.namespacePids((int) ProcessHandle.current().pid()).length;
        for (int pid : ProcessTable.all()) {
            try {
                if (ProcessTable.namespacePids(pid).length > level) {
                    // A process of a guest: its command line lies in its own memory, and reading that may block for
                    // ever.
                    continue;
                }
                List<String> arguments = List.of(
                        KernelFile.read(Path.of("/proc/" + pid + "/cmdline")).split("\0"));
                Optional<String> id = MonitorCommand.idOf(arguments, runDirectory);
                if (id.isPresent()
                        && !recorded.monitors().contains(ProcessId.of(pid))
                        && !recorded.unreadable().contains(guestOf(id.get()))) {
                    log.info("ending monitor {}, named {}, which belongs to no guest", pid, id.get());
                    remains.killStray(ProcessId.of(pid));
                }
            } catch (ErrnoException e) {
                log.trace("process {} ended while we looked", pid, e);
            }
        }
    }

    /** The name of the folder of a monitor's guest; a former standby monitor has another name itself. */
    private String guestOf(String monitor) throws IOException {
        Path link = GuestFolder.standbys(runDirectory).resolve(monitor);
        return Files.isSymbolicLink(link)
                ? Files.readSymbolicLink(link).getFileName().toString()
                : monitor;
    }

    private void removeStrayGroups(Recorded recorded) throws IOException {
        List<String> all = new ArrayList<>(groups.root().descendants());
        Collections.reverse(all);
        for (String path : all) {
            boolean aboveUnreadable = !recorded.unreadable().isEmpty()
                    && all.stream().anyMatch(other -> other.startsWith(path + "/") && recorded.isUsed(other));
            if (!recorded.isUsed(path) && !aboveUnreadable) {
                log.info("removing control group {}, which belongs to no running guest", path);
                remains.removeStray(path);
            }
        }
    }

    private static GuestRecord readRecord(Path file) throws IOException {
        try {
            GuestRecord record = GuestRecord.read(file);
            // All processes in the group that the record names are killed. A damaged record must not name another
            // guest's group, or the group of all guests.
            if (record == null
                    || GuestGroups.isOf(file.getParent().getFileName().toString(), record.cgroup())) {
                return record;
            }
            log.error(
                    "{} names control group {}, which is not its guest's; its guest is removed", file, record.cgroup());
            return null;
        } catch (NoSuchFileException e) {
            return null;
        } catch (JacksonException e) {
            log.error("{} cannot be read; its guest is removed", file, e);
            return null;
        }
    }

    private static DomainDocument readDefinition(GuestFolder folder) throws IOException {
        try {
            return LiveDefinition.read(folder.liveDefinition());
        } catch (NoSuchFileException e) {
            return null;
        } catch (XmlException | CharacterCodingException e) {
            log.error("{} cannot be read", folder.liveDefinition(), e);
            return null;
        }
    }

    /** A guest must not end because its copy of its definition is damaged. Null if there is no other copy. */
    private static DomainDocument mended(GuestFolder folder, Function<UUID, Optional<DomainDocument>> definitions)
            throws IOException {
        Optional<DomainDocument> known = definitions.apply(folder.uuid());
        if (known.isEmpty()) {
            log.error("no definition of guest {} is left; it is removed", folder.uuid());
            return null;
        }
        log.warn("guest {} goes on with the definition that the engine has; live changes are lost", folder.uuid());
        LiveDefinition.write(folder.liveDefinition(), known.get());
        return known.get();
    }
}
