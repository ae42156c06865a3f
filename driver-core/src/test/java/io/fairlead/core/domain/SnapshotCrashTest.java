package io.fairlead.core.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.core.fault.DaemonKilled;
import io.fairlead.core.fault.Faults;
import io.fairlead.core.service.DomainSnapshots.After;
import io.fairlead.core.snapshot.Snapshot;
import io.fairlead.core.testing.Documents;
import io.fairlead.core.testing.TestEngine;
import io.fairlead.core.volume.MountSpec;
import io.fairlead.kit.error.EngineException;
import io.fairlead.xml.domain.model.VolumeSource;
import io.fairlead.xml.snapshot.SnapshotRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Fails, or kills the daemon, before and after every single act of a domain's snapshots. Its two volumes are always
 * written together, so that a mixture shows.
 */
class SnapshotCrashTest {
    private static final String DATA =
            "<filesystem type='volume'><source pool='p' volume='data'/><target dir='/data'/></filesystem>";

    @TempDir
    Path directory;

    private TestEngine engine;
    private VolumeSource root;
    private VolumeSource data;
    /** Whether the domain was started, and that has returned: from then on it should run for ever. */
    private boolean started;

    @ParameterizedTest
    @EnumSource
    void snapshots_whenAnyActFails_agreeWithTheVolumes(Faults.Kind kind) throws IOException {
        int n = 0;
        boolean reached = true;
        while (reached) {
            n++;
            engine = new TestEngine(Files.createDirectory(directory.resolve("%s-%d".formatted(kind, n))));
            root = engine.volumes.add("root", MountSpec.Kind.TREE, "0");
            data = engine.volumes.add("data", MountSpec.Kind.FILE, "0");
            try {
                engine.get().definitions().define(Documents.onVolume("c", "root", DATA));
                started = false;
                int before = engine.faults.count();
                engine.faults.arm(n, kind);
                live();
                reached = engine.faults.count() - before >= n;
                String where = "%s at act %d of %s".formatted(kind, n, engine.faults.acts());
                engine.restart();
                engine.awaitRest();
                check(kind, where);
            } finally {
                engine.close();
            }
        }
        assertTrue(n > 40, "the scenario has become too short: %d acts".formatted(n));
    }

    private void live() {
        for (Runnable step : List.<Runnable>of(
                () -> take("s1"),
                () -> write("1"),
                () -> {
                    engine.start("c");
                    started = true;
                },
                () -> take("s2"),
                () -> write("2"),
                () -> take("s3"),
                () -> revert("s2"),
                () -> delete("s1"),
                () -> revert("s3"),
                () -> delete("s3"))) {
            try {
                step.run();
            } catch (EngineException e) {
                // the armed fault, or a step that makes no sense after it
            } catch (DaemonKilled e) {
                return;
            }
            if (engine.faults.dead()) {
                return;
            }
        }
    }

    private Domain domain() {
        return engine.get().registry().get("c");
    }

    private void take(String name) {
        String request = "<domainsnapshot><name>%s</name></domainsnapshot>".formatted(name);
        engine.get().snapshots().create(domain(), SnapshotRequest.parse(request), false, false);
    }

    private void revert(String name) {
        engine.get().snapshots().revert(domain(), name, After.AS_TAKEN);
    }

    private void delete(String name) {
        engine.get().snapshots().delete(domain(), name, true, false, true);
    }

    private void write(String text) {
        engine.volumes.write(root, text);
        engine.volumes.write(data, text);
    }

    private void check(Faults.Kind kind, String where) {
        Domain domain = domain();
        boolean mustRun = started && kind != Faults.Kind.FAIL;
        assertTrue(!mustRun || domain.status().active(), where);
        if (domain.status().active()) {
            // Paused only if clients see it so: after a failed resume, or from a snapshot of such a guest.
            boolean paused = domain.status().state() instanceof DomainState.Paused;
            assertEquals(paused, engine.backend.guest(domain.uuid()).suspended(), where);
            assertTrue(!paused || kind == Faults.Kind.FAIL, where);
            assertEquals(List.of(), engine.backend.guest(domain.uuid()).frozen(), where);
            assertEquals(2, engine.volumes.heldBy(domain.uuid()).size(), where);
        } else {
            engine.start("c");
        }
        assertEquals(engine.volumes.read(root), engine.volumes.read(data), where);
        for (Snapshot snapshot : domain.snapshots().all()) {
            assertEquals(Snapshot.Stage.KEPT, snapshot.stage(), where);
            assertTrue(
                    engine.volumes.has(root, snapshot.contentId(root))
                            && engine.volumes.has(data, snapshot.contentId(data)),
                    where);
        }
        int snapshots = domain.snapshots().all().size();
        assertEquals(snapshots, engine.volumes.keptOf(root), where);
        assertEquals(snapshots, engine.volumes.keptOf(data), where);
        for (Snapshot snapshot : domain.snapshots().all()) {
            delete(snapshot.name());
        }
        take("last");
        assertEquals(1, engine.volumes.keptOf(root), where);
    }
}
