package io.fairlead.core.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.core.domain.Domain;
import io.fairlead.core.domain.DomainState;
import io.fairlead.core.domain.DomainState.RunningReason;
import io.fairlead.core.fault.DaemonKilled;
import io.fairlead.core.fault.Faults;
import io.fairlead.core.intent.StopReason;
import io.fairlead.core.service.DomainSnapshots.After;
import io.fairlead.core.snapshot.Snapshot;
import io.fairlead.core.testing.Documents;
import io.fairlead.core.testing.TestEngine;
import io.fairlead.core.volume.MountSpec;
import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.xml.domain.DomainDocument;
import io.fairlead.xml.domain.MetadataKind;
import io.fairlead.xml.domain.model.VolumeSource;
import io.fairlead.xml.snapshot.SnapshotDocument;
import io.fairlead.xml.snapshot.SnapshotRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class DomainSnapshotsTest {
    private static final UUID C1 = Documents.uuidOf("c1");
    private static final String DATA =
            "<filesystem type='volume'><source pool='p' volume='data'/><target dir='/data'/></filesystem>";

    private TestEngine engine;
    private VolumeSource root;
    private Domain domain;

    @BeforeEach
    void open(@TempDir Path directory) {
        engine = new TestEngine(directory);
        root = engine.volumes.add("root", MountSpec.Kind.TREE, "first");
        domain = define("");
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private Domain define(String devices) {
        return engine.get().definitions().define(Documents.onVolume("c1", "root", devices));
    }

    private DomainSnapshots snapshots() {
        return engine.get().snapshots();
    }

    private static SnapshotRequest named(String name) {
        return SnapshotRequest.parse("<domainsnapshot><name>%s</name></domainsnapshot>".formatted(name));
    }

    private Snapshot take(String name) {
        return snapshots().create(domain, named(name), false, false);
    }

    private void revert(String name) {
        snapshots().revert(domain, name, After.AS_TAKEN);
    }

    private void delete(String name) {
        snapshots().delete(domain, name, true, false, true);
    }

    private String current() {
        return domain.snapshots().current().map(Snapshot::name).orElse("-");
    }

    private List<String> names() {
        return domain.snapshots().all().stream().map(Snapshot::name).toList();
    }

    private static void refused(ErrorCode code, String text, Executable call) {
        EngineException refused = assertThrows(EngineException.class, call);
        assertEquals(code, refused.code(), refused.getMessage());
        assertTrue(refused.getMessage().contains(text), refused.getMessage());
    }

    @Test
    void start_whenTheRootIsAVolume_holdsItUntilTheEnd() {
        engine.start("c1");
        assertEquals(Set.of(root), engine.volumes.heldBy(C1));
        engine.end("c1", 0);
        assertEquals(Set.of(), engine.volumes.heldBy(C1));
    }

    @Test
    void start_whenTheLaunchFails_givesTheVolumeBack() {
        engine.faults.arm(2, Faults.Kind.FAIL);
        assertThrows(EngineException.class, () -> engine.start("c1"));
        assertEquals(Set.of(), engine.volumes.heldBy(C1));
    }

    @Test
    void start_whenTheVolumeIsMissing_isRefusedByItsName() {
        engine.volumes.remove(root);
        refused(ErrorCode.NO_STORAGE_VOLUME, "'root'", () -> engine.start("c1"));
        assertFalse(domain.status().active());
    }

    @Test
    void adopt_whenAGuestRuns_holdsItsVolumesAgain() {
        engine.start("c1");
        engine.restart();
        assertEquals(Set.of(root), engine.volumes.heldBy(C1));
    }

    @Test
    void create_whenOff_keepsTheContentForARevert() {
        take("s1");
        engine.volumes.write(root, "second");
        assertEquals("shutoff", document("s1").state().xmlName());
        revert("s1");
        assertEquals("first", engine.volumes.read(root));
        assertEquals("s1", current());
        assertFalse(domain.status().active());
    }

    private SnapshotDocument document(String name) {
        return domain.snapshots().find(name).orElseThrow().document();
    }

    @Test
    void create_whenItRuns_goesOnRunningAndTellsNobody() {
        engine.start("c1");
        engine.forgetEvents();
        take("s1");
        assertFalse(engine.backend.guest(C1).suspended());
        assertInstanceOf(DomainState.Running.class, domain.status().state());
        assertEquals("running", document("s1").state().xmlName());
        assertEquals(List.of(), engine.events());
        List<String> acts = engine.faults.acts();
        assertEquals(
                List.of("suspend", "take", "resume"),
                acts.stream().filter(act -> act.matches("suspend|take|resume")).toList());
    }

    @Test
    void create_whenPaused_leavesItPaused() {
        engine.start("c1");
        engine.get().lifecycle().suspend(domain);
        take("s1");
        assertTrue(engine.backend.guest(C1).suspended());
        assertEquals("paused", document("s1").state().xmlName());
    }

    @Test
    void create_whenAFileHoldsAFileSystem_freezesThatToo() {
        engine.volumes.add("data", MountSpec.Kind.FILE, "x");
        define(DATA);
        engine.start("c1");
        take("s1");
        List<String> acts = engine.faults.acts();
        assertEquals(
                List.of("suspend", "freeze", "take", "take", "thaw", "resume"),
                acts.stream()
                        .filter(act -> act.matches("suspend|freeze|take|thaw|resume"))
                        .toList());
        assertEquals(List.of(), engine.backend.guest(C1).frozen());
    }

    @Test
    void create_whenAFilesystemIsNoVolume_isRefusedByItsNameUnlessLeftOut() {
        define("<filesystem type='mount'><source dir='/www'/><target dir='/www'/></filesystem>");
        refused(ErrorCode.CONFIG_UNSUPPORTED, "filesystem '/www'", () -> take("s1"));
        snapshots()
                .create(
                        domain,
                        SnapshotRequest.parse("<domainsnapshot><name>s1</name><disks><disk name='/www' snapshot='no'/>"
                                + "</disks></domainsnapshot>"),
                        false,
                        false);
        assertEquals(List.of("s1"), names());
    }

    @Test
    void create_whenAFilesystemIsMemoryOrReadOnly_leavesItOut() {
        define("<filesystem type='ram'><source usage='1024'/><target dir='/tmp'/></filesystem>"
                + "<filesystem type='mount'><source dir='/srv/www'/><target dir='/www'/><readonly/></filesystem>");
        take("s1");
        assertEquals(1, domain.snapshots().find("s1").orElseThrow().volumes().size());
    }

    @Test
    void create_whenMemoryIsWanted_isRefused() {
        refused(ErrorCode.CONFIG_UNSUPPORTED, "internal snapshot of memory", () -> snapshots()
                .create(
                        domain,
                        SnapshotRequest.parse("<domainsnapshot><memory snapshot='internal'/></domainsnapshot>"),
                        false,
                        false));
    }

    @Test
    void create_whenTheNameIsTaken_isRefusedAsLibvirtDoes() {
        take("s1");
        refused(ErrorCode.OPERATION_FAILED, "domain moment s1 already exists", () -> take("s1"));
    }

    @Test
    void create_whenOneVolumeFails_leavesNothing() {
        VolumeSource data = engine.volumes.add("data", MountSpec.Kind.TREE, "x");
        define(DATA);
        engine.start("c1");
        int before = engine.faults.count();
        engine.faults.arm(4, Faults.Kind.FAIL); // write, suspend, take, take
        assertThrows(EngineException.class, () -> take("s1"));
        assertEquals("take", engine.faults.acts().get(before + 3));
        assertEquals(List.of(), names());
        assertEquals(0, engine.volumes.keptOf(root) + engine.volumes.keptOf(data));
        assertFalse(engine.backend.guest(C1).suspended());
        take("s1");
    }

    @Test
    void create_whenTheGuestIsDestroyedMeanwhile_leavesNothing() {
        VolumeSource data = engine.volumes.add("data", MountSpec.Kind.FILE, "x");
        define(DATA);
        engine.start("c1");
        engine.volumes.meanwhile(() -> engine.get().lifecycle().destroy(domain));
        refused(ErrorCode.OPERATION_FAILED, "thawed before", () -> take("s1"));
        assertFalse(domain.status().active());
        assertEquals(List.of(), names());
        assertEquals(0, engine.volumes.keptOf(root) + engine.volumes.keptOf(data));
        assertTrue(domain.book().isSettled());
    }

    @Test
    void repair_whenThePoolIsDown_letsTheGuestGoAllTheSame() {
        engine.volumes.add("data", MountSpec.Kind.FILE, "x");
        define(DATA);
        engine.start("c1");
        dieWhileTaking();
        engine.volumes.setActive(false);
        engine.restart();
        assertEquals(List.of(), engine.backend.guest(C1).frozen());
        assertFalse(engine.backend.guest(C1).suspended());
        engine.volumes.setActive(true);
        domain = engine.get().registry().get("c1");
        take("s1");
        assertEquals(1, engine.volumes.keptOf(root));
    }

    @Test
    void repair_whenTheGuestWasPaused_thawsItsFileSystemsAndLeavesItPaused() {
        engine.volumes.add("data", MountSpec.Kind.FILE, "x");
        define(DATA);
        engine.start("c1");
        engine.get().lifecycle().suspend(domain);
        dieWhileTaking();
        engine.restart();
        assertEquals(List.of(), engine.backend.guest(C1).frozen());
        assertTrue(engine.backend.guest(C1).suspended());
    }

    /** Kills the daemon after the first volume and before the second. */
    private void dieWhileTaking() {
        int before = engine.faults.count();
        engine.volumes.meanwhile(
                () -> engine.faults.arm(2, Faults.Kind.KILL_BEFORE)); // the first take, and this before the second
        assertThrows(DaemonKilled.class, () -> take("s1"));
        assertEquals(
                1,
                engine.faults.acts().stream()
                        .skip(before)
                        .filter("freeze"::equals)
                        .count());
    }

    @Test
    void create_whenHalted_isOffFromTheSnapshot() {
        engine.start("c1");
        engine.forgetEvents();
        snapshots().create(domain, named("s1"), false, true);
        assertEquals(List.of("c1 STOPPED_FROM_SNAPSHOT"), engine.events());
        assertEquals(
                new DomainState.ShutOff(StopReason.FROM_SNAPSHOT),
                domain.status().state());
    }

    @Test
    void create_whenTransient_isRefused() {
        Domain other = engine.create("t1");
        refused(ErrorCode.OPERATION_INVALID, "transient", () -> snapshots().create(other, named("s1"), false, false));
    }

    @Test
    void revert_whenItRanThen_runsAgainOnTheOldContent() {
        engine.start("c1");
        take("s1");
        engine.volumes.write(root, "second");
        int before = domain.status().id();
        engine.forgetEvents();
        revert("s1");
        assertEquals("first", engine.volumes.read(root));
        assertEquals(List.of("c1 STOPPED_FROM_SNAPSHOT", "c1 STARTED_FROM_SNAPSHOT"), engine.events());
        assertTrue(domain.status().active() && domain.status().id() != before);
        assertEquals(
                new DomainState.Running(RunningReason.FROM_SNAPSHOT),
                domain.status().state());
    }

    @Test
    void revert_whenItWasOffThen_isOff() {
        take("s1");
        engine.start("c1");
        engine.forgetEvents();
        revert("s1");
        assertFalse(domain.status().active());
        assertEquals(List.of("c1 STOPPED_FROM_SNAPSHOT"), engine.events());
    }

    @Test
    void revert_whenAskedToPauseOrRun_doesSo() {
        take("s1");
        snapshots().revert(domain, "s1", After.PAUSE);
        assertInstanceOf(DomainState.Paused.class, domain.status().state());
        snapshots().revert(domain, "s1", After.RUN);
        assertInstanceOf(DomainState.Running.class, domain.status().state());
    }

    @Test
    void revert_whenOnlyDisksWereTaken_staysOff() {
        engine.start("c1");
        snapshots().create(domain, named("s1"), true, false);
        assertEquals("disk-snapshot", document("s1").state().xmlName());
        revert("s1");
        assertFalse(domain.status().active());
    }

    @Test
    void revert_whenTheDefinitionHasChanged_restoresItAndTells() {
        take("s1");
        engine.get().definitions().define(withTitle());
        engine.forgetEvents();
        revert("s1");
        assertFalse(domain.status().config().toXml().contains("changed"));
        assertEquals(List.of("c1 DEFINED_FROM_SNAPSHOT"), engine.events());
    }

    private DomainDocument withTitle() {
        return domain.status().config().withMetadata(MetadataKind.TITLE, "changed", null, null);
    }

    @Test
    void revert_whenRenamedSince_keepsTodaysName() {
        take("s1");
        engine.get().definitions().rename(domain, "c2");
        revert("s1");
        assertEquals("c2", domain.status().config().name());
    }

    @Test
    void revert_whenAVolumeHasLostItsContent_touchesNothing() {
        engine.start("c1");
        take("s1");
        engine.volumes.delete(root, domain.snapshots().find("s1").orElseThrow().contentId(root));
        refused(ErrorCode.OPERATION_INVALID, "has lost what it kept", () -> revert("s1"));
        assertTrue(domain.status().active());
    }

    @Test
    void revert_whenAnotherGuestHasAVolume_touchesNothing() {
        engine.start("c1");
        take("s1");
        engine.get().definitions().define(Documents.onVolume("c2", "root", ""));
        engine.start("c2");
        refused(ErrorCode.RESOURCE_BUSY, "in use", () -> revert("s1"));
        assertTrue(domain.status().active());
        engine.end("c2", 0);
        revert("s1");
    }

    @Test
    void revert_whenCutOffByAFailure_isFinishedBeforeTheNextStart() {
        VolumeSource data = engine.volumes.add("data", MountSpec.Kind.TREE, "first");
        define(DATA);
        take("s1");
        engine.volumes.write(root, "second");
        engine.volumes.write(data, "second");
        engine.faults.arm(3, Faults.Kind.FAIL); // intent, revert, revert
        assertThrows(EngineException.class, () -> revert("s1"));
        assertFalse(engine.volumes.read(root).equals(engine.volumes.read(data)));

        engine.start("c1");
        assertEquals("first", engine.volumes.read(root));
        assertEquals("first", engine.volumes.read(data));
    }

    @Test
    void start_whileARevertCannotBeFinished_isRefused() {
        take("s1");
        engine.faults.arm(2, Faults.Kind.FAIL);
        assertThrows(EngineException.class, () -> revert("s1"));
        engine.volumes.setActive(false);
        refused(ErrorCode.OPERATION_INVALID, "not active", () -> engine.start("c1"));
        engine.volumes.setActive(true);
        engine.start("c1");
    }

    @Test
    void delete_whenInTheMiddle_givesItsChildrenToItsParent() {
        take("s1");
        take("s2");
        take("s3");
        delete("s2");
        assertEquals("s1", document("s3").parent().orElseThrow());
        assertEquals(2, engine.volumes.keptOf(root));
        assertEquals("s3", current());
        delete("s3");
        assertEquals("s1", current());
        engine.restart();
        domain = engine.get().registry().get("c1");
        assertEquals("s1", current());
        assertEquals(List.of("s1"), names());
    }

    @Test
    void delete_whenWithDescendants_takesThemAll() {
        take("s1");
        take("s2");
        take("s3");
        snapshots().delete(domain, "s2", false, true, true);
        assertEquals(List.of("s1", "s2"), names());
        snapshots().delete(domain, "s1", true, true, true);
        assertEquals(List.of(), names());
        assertEquals(0, engine.volumes.keptOf(root));
        assertEquals("-", current());
    }

    @Test
    void delete_whenThePoolIsDown_canBeTriedAgain() {
        take("s1");
        engine.volumes.setActive(false);
        refused(ErrorCode.OPERATION_INVALID, "not active", () -> delete("s1"));
        assertEquals(List.of("s1"), names());
        engine.volumes.setActive(true);
        delete("s1");
        assertEquals(0, engine.volumes.keptOf(root));
    }

    @Test
    void delete_whenTheVolumeIsGone_forgetsTheSnapshot() {
        take("s1");
        engine.volumes.remove(root);
        delete("s1");
        assertEquals(List.of(), names());
    }

    @Test
    void redefine_afterItsDefinitionWasTakenAway_findsTheContentAgain() {
        take("s1");
        SnapshotDocument document = document("s1");
        snapshots().delete(domain, "s1", true, false, false);
        assertEquals(List.of(), names());
        refused(ErrorCode.OPERATION_INVALID, "an earlier snapshot 's1'", () -> take("s1"));

        engine.volumes.write(root, "second");
        snapshots().redefine(domain, SnapshotDocument.parse(document.toXml(true)), true);
        revert("s1");
        assertEquals("first", engine.volumes.read(root));
    }

    @Test
    void redefine_whenItMakesNoSense_isRefusedAsLibvirtDoes() {
        take("s1");
        take("s2");
        SnapshotDocument s1 = document("s1");
        refused(ErrorCode.INVALID_ARG, "cannot set snapshot s1 as its own parent", () -> snapshots()
                .redefine(domain, s1.withParent(Optional.of("s1")), false));
        refused(ErrorCode.INVALID_ARG, "parent s2 would create cycle to s1", () -> snapshots()
                .redefine(domain, s1.withParent(Optional.of("s2")), false));
        refused(ErrorCode.INVALID_ARG, "parent s9 for snapshot s1 not found", () -> snapshots()
                .redefine(domain, s1.withParent(Optional.of("s9")), false));
        refused(ErrorCode.INVALID_ARG, "must use uuid " + C1, () -> snapshots()
                .redefine(
                        domain,
                        SnapshotDocument.parse(s1.toXml(true)
                                .replace(
                                        C1.toString(), Documents.uuidOf("other").toString())),
                        false));
        refused(ErrorCode.INVALID_ARG, "between online and offline", () -> snapshots()
                .redefine(domain, SnapshotDocument.parse(s1.toXml(true).replace("shutoff", "running")), false));
        refused(ErrorCode.OPERATION_INVALID, "has kept nothing of a snapshot 'new'", () -> snapshots()
                .redefine(domain, SnapshotDocument.parse(s1.toXml(true).replace("<name>s1<", "<name>new<")), false));
    }

    @Test
    void undefine_whenThereAreSnapshots_isRefusedUnlessTheyAreToBeForgotten() {
        take("s1");
        refused(ErrorCode.OPERATION_INVALID, "cannot delete inactive domain with 1 snapshots", () -> engine.get()
                .definitions()
                .undefine(domain, false));
        engine.get().definitions().undefine(domain, true);
        assertEquals(1, engine.volumes.keptOf(root));
        domain = define("");
        assertEquals(List.of(), names());
    }

    @Test
    void undefine_whenTheDaemonDiesInIt_leavesNoRevertForALaterDomainOfTheUuid() {
        for (int n = 1; n < 10; n++) {
            take("s1");
            engine.faults.arm(2, Faults.Kind.FAIL); // intent, revert
            assertThrows(EngineException.class, () -> revert("s1"));
            engine.faults.arm(n, Faults.Kind.KILL_BEFORE);
            try {
                engine.get().definitions().undefine(domain, true);
                n = 10;
            } catch (DaemonKilled e) {
                // at act n
            }
            engine.restart();
            if (engine.get().registry().find(C1).isPresent()) {
                domain = engine.get().registry().get("c1");
                engine.get().definitions().undefine(domain, true);
            }
            engine.volumes.remove(root);
            root = engine.volumes.add("root", MountSpec.Kind.TREE, "first");
            domain = define("");
            take("s1");
            engine.volumes.write(root, "second");
            engine.restart();
            domain = engine.get().registry().get("c1");
            assertEquals("second", engine.volumes.read(root), "act " + n);
            delete("s1");
        }
    }
}
