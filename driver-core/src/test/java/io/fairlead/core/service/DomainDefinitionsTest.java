package io.fairlead.core.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.core.domain.Affect;
import io.fairlead.core.domain.Domain;
import io.fairlead.core.domain.DomainState;
import io.fairlead.core.fault.Faults;
import io.fairlead.core.intent.StopReason;
import io.fairlead.core.testing.Documents;
import io.fairlead.core.testing.TestEngine;
import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.xml.domain.MetadataKind;
import io.fairlead.xml.domain.XmlFlags;
import io.fairlead.xml.domain.model.LifecycleAction;
import io.fairlead.xml.domain.model.LifecycleEvent;
import io.fairlead.xml.tree.XmlErrorKind;
import io.fairlead.xml.tree.XmlException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DomainDefinitionsTest {
    private static final UUID C1 = Documents.uuidOf("c1");

    private TestEngine engine;

    @BeforeEach
    void open(@TempDir Path directory) {
        engine = new TestEngine(directory);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void define_whenNew_survivesARestart() {
        engine.define("c1");
        assertEquals(List.of("c1 DEFINED_ADDED"), engine.events());
        engine.restart();
        assertEquals(new DomainState.ShutOff(StopReason.UNKNOWN), engine.state("c1"));
        assertTrue(engine.get().registry().get(C1).status().persistent());
    }

    @Test
    void define_whenTheNameIsAnothers_isRefusedAsLibvirtDoes() {
        engine.define("c1");
        assertRefused(ErrorCode.OPERATION_FAILED, "domain 'c1' already exists with uuid " + C1, () -> definitions()
                .define(Documents.named("c1", Documents.uuidOf("c2"), "")));
        assertRefused(ErrorCode.OPERATION_FAILED, "domain 'c1' is already defined with uuid " + C1, () -> definitions()
                .define(Documents.named("c2", C1, "")));
        assertEquals(1, engine.get().registry().all().size());
    }

    @Test
    void lookup_whenThereIsNone_isRefusedAsLibvirtDoes() {
        assertRefused(ErrorCode.NO_DOMAIN, "No domain with matching name 'x'", () -> engine.get()
                .registry()
                .get("x"));
        assertRefused(ErrorCode.NO_DOMAIN, "No domain with matching uuid '%s'".formatted(C1), () -> engine.get()
                .registry()
                .get(C1));
        assertRefused(ErrorCode.NO_DOMAIN, "No domain with matching id 7", () -> engine.get()
                .registry()
                .get(7));
    }

    @Test
    void define_whenItRuns_keepsTheLiveDefinition() {
        engine.define("c1");
        Domain domain = engine.start("c1");
        assertFalse(domain.status().updated());
        definitions().define(Documents.with("c1", "description", "other"));
        assertTrue(domain.status().updated());
        assertTrue(xml(domain, true).contains("other"));
        assertFalse(xml(domain, false).contains("other"));
        assertEquals(List.of("c1 DEFINED_ADDED", "c1 STARTED_BOOTED", "c1 DEFINED_UPDATED"), engine.events());
        engine.end("c1", 0);
        assertFalse(domain.status().updated());
        assertTrue(xml(domain, false).contains("other"));
    }

    @Test
    void define_whenTheDiskIsFull_keepsTheOldDefinitionInMemoryAndOnDisk() {
        Domain domain = engine.define("c1");
        engine.faults.arm(1, Faults.Kind.FAIL);
        assertRefused(
                ErrorCode.SYSTEM_ERROR,
                "cannot save the definition of domain 'c1': No space left on device",
                () -> definitions().define(Documents.with("c1", "description", "other")));
        assertFalse(xml(domain, true).contains("other"));
        engine.restart();
        assertFalse(xml(engine.get().registry().get("c1"), true).contains("other"));
    }

    @Test
    void define_whenANewOneCannotBeWritten_freesItsName() {
        engine.faults.arm(1, Faults.Kind.FAIL);
        assertThrows(EngineException.class, () -> engine.define("c1"));
        assertTrue(engine.get().registry().all().isEmpty());
        definitions().define(Documents.named("c1", Documents.uuidOf("c2"), ""));
    }

    @Test
    void undefine_whenOff_removesItWithItsMarks() {
        Domain domain = engine.define("c1");
        definitions().setAutostart(domain, true);
        definitions().undefine(domain, false);
        assertTrue(engine.get().registry().all().isEmpty());
        engine.define("c1");
        engine.restart();
        assertFalse(engine.get().registry().get("c1").status().autostart());
    }

    @Test
    void persistentCalls_whenTransient_areRefused() {
        Domain domain = engine.create("c1");
        assertRefused(ErrorCode.OPERATION_INVALID, "Cannot undefine transient domain", () -> definitions()
                .undefine(domain, false));
        assertRefused(ErrorCode.OPERATION_INVALID, "Cannot set autostart for transient domain", () -> definitions()
                .setAutostart(domain, true));
        assertRefused(
                ErrorCode.OPERATION_INVALID, "transient domains do not have any persistent config", () -> definitions()
                        .setMetadata(domain, MetadataKind.TITLE, "t", null, null, Affect.CONFIG));
    }

    @Test
    void rename_whenOff_tellsBothNamesInOrder() {
        Domain domain = engine.define("c1");
        definitions().rename(domain, "c2");
        assertEquals(List.of("c1 DEFINED_ADDED", "c1 UNDEFINED_RENAMED", "c2 DEFINED_RENAMED"), engine.events());
        assertTrue(engine.get().registry().find("c1").isEmpty());
        assertEquals(domain, engine.get().registry().get("c2"));
        engine.restart();
        assertEquals(C1, engine.get().registry().get("c2").uuid());
        definitions().define(Documents.named("c1", UUID.randomUUID(), ""));
    }

    @Test
    void rename_whenRefused_keepsTheName() {
        Domain domain = engine.define("c1");
        engine.define("c2");
        assertRefused(ErrorCode.OPERATION_INVALID, "Can't rename domain to itself", () -> definitions()
                .rename(domain, "c1"));
        assertRefused(ErrorCode.OPERATION_INVALID, "domain with name 'c2' already exists", () -> definitions()
                .rename(domain, "c2"));
        assertXmlRefused(XmlErrorKind.XML_ERROR, "name ../c3 cannot contain '/'", () -> definitions()
                .rename(domain, "../c3"));
        for (int turn = 0; turn < 2; turn++) { // a name that was refused stays free
            assertXmlRefused(
                    XmlErrorKind.INVALID_ARG, "name holds a character XML has no way to write", () -> definitions()
                            .rename(domain, "c\u0001"));
        }
        engine.start("c1");
        assertRefused(ErrorCode.OPERATION_INVALID, "cannot rename active domain", () -> definitions()
                .rename(domain, "c3"));
        assertEquals("c1", domain.status().name());
    }

    @Test
    void rename_whenTheDiskIsFull_freesTheNewName() {
        Domain domain = engine.define("c1");
        engine.faults.arm(1, Faults.Kind.FAIL);
        assertThrows(EngineException.class, () -> definitions().rename(domain, "c2"));
        assertEquals("c1", domain.status().name());
        engine.define("c2");
    }

    @Test
    void metadata_whenSetLive_isNotInTheConfig() {
        engine.define("c1");
        Domain domain = engine.start("c1");
        definitions().setMetadata(domain, MetadataKind.TITLE, "live", null, null, Affect.CURRENT);
        assertEquals("live", definitions().metadata(domain, MetadataKind.TITLE, null, Affect.CURRENT));
        assertXmlRefused(XmlErrorKind.NO_METADATA, "Requested metadata element is not present", () -> definitions()
                .metadata(domain, MetadataKind.TITLE, null, Affect.CONFIG));
        assertEquals(List.of("c1 DEFINED_ADDED", "c1 STARTED_BOOTED", "c1 metadata TITLE"), engine.events());
        engine.restart();
        assertEquals(
                "live",
                definitions().metadata(engine.get().registry().get("c1"), MetadataKind.TITLE, null, Affect.LIVE));
    }

    @Test
    void metadata_whenSetInBoth_survivesTheEnd() {
        engine.define("c1");
        Domain domain = engine.start("c1");
        definitions().setMetadata(domain, MetadataKind.DESCRIPTION, "both", null, null, Affect.LIVE_AND_CONFIG);
        engine.end("c1", 0);
        assertEquals("both", definitions().metadata(domain, MetadataKind.DESCRIPTION, null, Affect.CURRENT));
        definitions().setMetadata(domain, MetadataKind.DESCRIPTION, "", null, null, Affect.CURRENT);
        assertThrows(XmlException.class, () -> definitions()
                .metadata(domain, MetadataKind.DESCRIPTION, null, Affect.CURRENT));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void metadata_whenOneOfBothCannotBeWritten_changesNeitherAndTellsNobody(int act) {
        engine.define("c1");
        Domain domain = engine.start("c1");
        definitions().setMetadata(domain, MetadataKind.TITLE, "old", null, null, Affect.LIVE_AND_CONFIG);
        engine.forgetEvents();
        engine.faults.arm(act, Faults.Kind.FAIL);

        assertThrows(EngineException.class, () -> definitions()
                .setMetadata(domain, MetadataKind.TITLE, "new", null, null, Affect.LIVE_AND_CONFIG));

        assertEquals(List.of("old", "old"), titles("c1"));
        assertEquals(List.of(), engine.events());
        engine.restart();
        assertEquals(List.of("old", "old"), titles("c1"));
    }

    private List<String> titles(String name) {
        Domain domain = engine.get().registry().get(name);
        return List.of(
                definitions().metadata(domain, MetadataKind.TITLE, null, Affect.LIVE),
                definitions().metadata(domain, MetadataKind.TITLE, null, Affect.CONFIG));
    }

    @Test
    void metadata_whenTheElementIsAClients_isFoundByItsNamespace() {
        Domain domain = engine.define("c1");
        String uri = "http://example.org/ns";
        definitions().setMetadata(domain, MetadataKind.ELEMENT, "<note>hello</note>", "my", uri, Affect.CURRENT);
        assertTrue(definitions()
                .metadata(domain, MetadataKind.ELEMENT, uri, Affect.CURRENT)
                .contains("hello"));
        engine.restart();
        Domain again = engine.get().registry().get("c1");
        assertTrue(definitions()
                .metadata(again, MetadataKind.ELEMENT, uri, Affect.CURRENT)
                .contains("hello"));
        definitions().setMetadata(again, MetadataKind.ELEMENT, null, "my", uri, Affect.CURRENT);
        assertThrows(
                XmlException.class, () -> definitions().metadata(again, MetadataKind.ELEMENT, uri, Affect.CURRENT));
    }

    @Test
    void metadata_whenATitleHasANewline_isRefused() {
        Domain domain = engine.define("c1");
        assertXmlRefused(XmlErrorKind.CALL_ARGUMENT, "metadata title can't contain newlines", () -> definitions()
                .setMetadata(domain, MetadataKind.TITLE, "a\nb", null, null, Affect.CURRENT));
    }

    @Test
    void lifecycleAction_whenSetLive_isFollowed() {
        Domain domain = engine.create("c1");
        definitions().setLifecycleAction(domain, LifecycleEvent.REBOOT, LifecycleAction.DESTROY, Affect.LIVE);
        engine.end("c1", 129);
        assertEquals(List.of("c1 STARTED_BOOTED", "c1 STOPPED_SHUTDOWN"), engine.events());
        assertXmlRefused(
                XmlErrorKind.CONFIG_UNSUPPORTED,
                "Lifecycle event 'reboot' doesn't support 'coredump-destroy' action",
                () -> definitions()
                        .setLifecycleAction(
                                domain, LifecycleEvent.REBOOT, LifecycleAction.COREDUMP_DESTROY, Affect.LIVE));
    }

    @Test
    void all_whenManyAreDefined_isSortedAndAsManyFilesLoadFast() {
        IntStream.range(0, 2_000).parallel().forEach(i -> engine.define("many-%04d".formatted(i)));
        engine.restart();
        long start = System.nanoTime();
        engine.restart();
        long millis = (System.nanoTime() - start) / 1_000_000;
        List<String> names = engine.get().registry().all().stream()
                .map(domain -> domain.status().name())
                .toList();
        assertEquals(names.stream().sorted().toList(), names);
        assertEquals(2_000, names.size());
        assertTrue(millis < 10_000, "2,000 definitions took %d ms to load".formatted(millis));
    }

    private DomainDefinitions definitions() {
        return engine.get().definitions();
    }

    private String xml(Domain domain, boolean inactive) {
        return engine.get().guests().xml(domain, new XmlFlags(false, inactive));
    }

    private static void assertXmlRefused(XmlErrorKind kind, String detail, Runnable call) {
        XmlException refusal = assertThrows(XmlException.class, call::run);
        assertEquals(detail, refusal.detail());
        assertEquals(kind, refusal.kind());
    }

    private static void assertRefused(ErrorCode code, String message, Runnable call) {
        EngineException refusal = assertThrows(EngineException.class, call::run);
        assertEquals(message, refusal.getMessage());
        assertEquals(code, refusal.code());
    }
}
