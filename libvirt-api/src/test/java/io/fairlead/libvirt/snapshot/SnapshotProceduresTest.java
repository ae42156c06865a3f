package io.fairlead.libvirt.snapshot;

import static io.fairlead.rpc.protocol.DomainSaveCalls.DOMAIN_HAS_MANAGED_SAVE_IMAGE;
import static io.fairlead.rpc.protocol.DomainSaveCalls.DOMAIN_MANAGED_SAVE_REMOVE;
import static io.fairlead.rpc.protocol.SnapshotCalls.DOMAIN_HAS_CURRENT_SNAPSHOT;
import static io.fairlead.rpc.protocol.SnapshotCalls.DOMAIN_LIST_ALL_SNAPSHOTS;
import static io.fairlead.rpc.protocol.SnapshotCalls.DOMAIN_SNAPSHOT_CURRENT;
import static io.fairlead.rpc.protocol.SnapshotCalls.DOMAIN_SNAPSHOT_LIST_NAMES;
import static io.fairlead.rpc.protocol.SnapshotCalls.DOMAIN_SNAPSHOT_LOOKUP_BY_NAME;
import static io.fairlead.rpc.protocol.SnapshotCalls.DOMAIN_SNAPSHOT_NUM;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fairlead.core.snapshot.Snapshot;
import io.fairlead.core.snapshot.SnapshotTree;
import io.fairlead.libvirt.fixture.EngineFixture;
import io.fairlead.libvirt.fixture.TestClient;
import io.fairlead.rpc.protocol.DomainRef;
import io.fairlead.rpc.protocol.DomainSaveCalls.DomainHasManagedSaveImageArgs;
import io.fairlead.rpc.protocol.DomainSaveCalls.DomainManagedSaveRemoveArgs;
import io.fairlead.rpc.protocol.SnapshotCalls.DomainHasCurrentSnapshotArgs;
import io.fairlead.rpc.protocol.SnapshotCalls.DomainListAllSnapshotsArgs;
import io.fairlead.rpc.protocol.SnapshotCalls.DomainSnapshotCurrentArgs;
import io.fairlead.rpc.protocol.SnapshotCalls.DomainSnapshotListNamesArgs;
import io.fairlead.rpc.protocol.SnapshotCalls.DomainSnapshotLookupByNameArgs;
import io.fairlead.rpc.protocol.SnapshotCalls.DomainSnapshotNumArgs;
import io.fairlead.rpc.wire.RpcError;
import io.fairlead.xml.domain.DomainDocument;
import io.fairlead.xml.snapshot.SnapshotDocument;
import io.fairlead.xml.snapshot.SnapshotState;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnapshotProceduresTest {
    private static EngineFixture fixture;
    private static TestClient client;
    private static DomainRef dom;

    @BeforeAll
    static void start() {
        fixture = new EngineFixture();
        client = fixture.client();
        dom = fixture.defined("c");
    }

    @AfterAll
    static void stop() {
        client.close();
        fixture.close();
    }

    /** The numbers are those of virDomainSnapshotListFlags. */
    @ParameterizedTest
    @CsvSource({
        "0, off off2 paused power running",
        "1, off",
        "2, off off2 paused power running",
        "16, ''",
        "18, off off2 paused power running",
        "4, off2 power",
        "8, off paused running",
        "32, off off2",
        "64, paused running",
        "128, power",
        "160, off off2 power",
        "256, off off2 paused power running",
        "512, ''",
        "1024, off running off2 paused power",
        "68, ''",
    })
    void listAll_showsWhatPassesEveryGroupOfFlags(int flags, String names) {
        SnapshotTree tree = SnapshotTree.EMPTY
                .with(snapshot("off", SnapshotState.SHUTOFF, null))
                .with(snapshot("running", SnapshotState.RUNNING, "off"))
                .with(snapshot("off2", SnapshotState.SHUTOFF, "running"))
                .with(snapshot("paused", SnapshotState.PAUSED, "running"))
                .with(snapshot("power", SnapshotState.DISK_SNAPSHOT, "paused"));
        assertEquals(names, names(new SnapshotFilter(flags).of(tree)));
        assertEquals(
                "off2 paused",
                names(new SnapshotFilter(0).after(tree, tree.find("running").orElseThrow())));
        assertEquals(
                "off2 paused power",
                names(new SnapshotFilter(1).after(tree, tree.find("running").orElseThrow())));
    }

    private static String names(List<Snapshot> snapshots) {
        return snapshots.stream().map(Snapshot::name).collect(Collectors.joining(" "));
    }

    private static Snapshot snapshot(String name, SnapshotState state, String parent) {
        DomainDocument domain = DomainDocument.parse(EngineFixture.xml("c"));
        SnapshotDocument document = new SnapshotDocument(
                name, Optional.empty(), state, Optional.ofNullable(parent), 0, List.of(), domain, Optional.empty());
        return new Snapshot(domain.uuid(), document, Set.of(), Snapshot.Stage.KEPT);
    }

    @Test
    void snapshots_areNone() {
        assertEquals(
                0,
                client.call(DOMAIN_SNAPSHOT_NUM, new DomainSnapshotNumArgs(dom, 1))
                        .num());
        assertEquals(
                List.of(),
                client.call(DOMAIN_SNAPSHOT_LIST_NAMES, new DomainSnapshotListNamesArgs(dom, 5, 0))
                        .names());
        assertEquals(
                0,
                client.call(DOMAIN_LIST_ALL_SNAPSHOTS, new DomainListAllSnapshotsArgs(dom, 1, 0))
                        .ret());
        assertEquals(
                0,
                client.call(DOMAIN_HAS_CURRENT_SNAPSHOT, new DomainHasCurrentSnapshotArgs(dom, 0))
                        .result());
    }

    @Test
    void snapshot_whenLookedUp_isNotThere() {
        RpcError error = client.error(DOMAIN_SNAPSHOT_LOOKUP_BY_NAME, new DomainSnapshotLookupByNameArgs(dom, "x", 0));
        assertEquals("Domain snapshot not found: no domain snapshot with matching name 'x'", error.message());
        assertEquals(List.of(72, 35), List.of(error.code(), error.domain()));
        assertEquals(
                72,
                client.error(DOMAIN_SNAPSHOT_CURRENT, new DomainSnapshotCurrentArgs(dom, 0))
                        .code());
    }

    @Test
    void managedSave_isNoneAndItsRemovalSucceeds() {
        assertEquals(
                0,
                client.call(DOMAIN_HAS_MANAGED_SAVE_IMAGE, new DomainHasManagedSaveImageArgs(dom, 0))
                        .result());
        client.call(DOMAIN_MANAGED_SAVE_REMOVE, new DomainManagedSaveRemoveArgs(dom, 0));
    }

    @Test
    void snapshots_ofADomainThatIsGone_areRefused() {
        DomainRef gone = new DomainRef("gone", new UUID(0, 1), -1);
        assertEquals(
                42,
                client.error(DOMAIN_SNAPSHOT_NUM, new DomainSnapshotNumArgs(gone, 0))
                        .code());
    }
}
