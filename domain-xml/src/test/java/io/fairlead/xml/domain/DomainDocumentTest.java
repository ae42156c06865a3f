package io.fairlead.xml.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.xml.domain.model.LifecycleAction;
import io.fairlead.xml.domain.model.LifecycleEvent;
import io.fairlead.xml.domain.model.MemoryTune;
import io.fairlead.xml.tree.XmlErrorKind;
import io.fairlead.xml.tree.XmlException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DomainDocumentTest {
    private final DomainDocument document = Definitions.parse(Definitions.BASE);

    private static void assertRefused(
            XmlErrorKind kind, String message, org.junit.jupiter.api.function.Executable act) {
        XmlException refusal = assertThrows(XmlException.class, act);
        assertEquals(message, refusal.getMessage());
        assertEquals(kind, refusal.kind());
    }

    @Test
    void parse_whenUuidIsMissing_makesADifferentOneEachTime() {
        String xml = Definitions.BASE.replaceAll("<uuid>.*</uuid>", "");

        assertNotEquals(Definitions.parse(xml).uuid(), Definitions.parse(xml).uuid());
    }

    @Test
    void parse_whenInterfaceHasNoAddress_makesOne() {
        String xml = Definitions.withDevice("<interface type='network'><source network='default'/></interface>");

        String mac = Definitions.parse(xml)
                .definition()
                .devices()
                .interfaces()
                .get(0)
                .mac();

        assertTrue(mac.matches("52:54:00(:[0-9a-f]{2}){3}"), mac);
    }

    @Test
    void parse_whenTextStandsBetweenElements_dropsItAsLibvirtDoes() {
        assertEquals(document, Definitions.parse(Definitions.BASE.replace("<os>", "stray<os>text")));
    }

    @Test
    void toXml_whenAskedTwice_printsOnce() {
        assertSame(document.toXml(), document.toXml());
        assertSame(document.toXml(), document.toXml(new XmlFlags(false, true)));
    }

    @Test
    void toXml_whenThereIsAPassword_showsItOnlyWithSecurityInfo() {
        DomainDocument secret = Definitions.parse(Definitions.withDevice("<graphics type='vnc' passwd='secret'/>"));
        LiveDomainXml live = new LiveDomainXml(secret, 1, "/machine", List.of("/dev/pts/0"));

        assertTrue(secret.toXml().contains("secret"));
        assertTrue(secret.toXml(new XmlFlags(true, false)).contains("secret"));
        assertFalse(secret.toXml(new XmlFlags(false, false)).contains("secret"));
        assertTrue(live.toXml(new XmlFlags(true, false)).contains("secret"));
        assertFalse(live.toXml(new XmlFlags(false, false)).contains("secret"));
    }

    @Test
    void withName_whenLegal_changesTheNameAndNothingElse() {
        DomainDocument renamed = document.withName("b");

        assertEquals("b", renamed.name());
        assertEquals("a", document.name());
        assertEquals(document.toXml().replace("<name>a<", "<name>b<"), renamed.toXml());
        assertRefused(XmlErrorKind.XML_ERROR, "XML error: name b/c cannot contain '/'", () -> document.withName("b/c"));
    }

    @Test
    void withUuidMemoryAndActions_whenApplied_showInTheTypedView() {
        UUID uuid = UUID.fromString("00000000-0000-0000-0000-000000000001");
        DomainDocument edited = document.withUuid(uuid)
                .withMemory(100L << 20)
                .withCurrentMemory((50L << 20) + 1)
                .withLifecycleAction(LifecycleEvent.CRASH, LifecycleAction.RESTART);

        assertEquals(uuid, edited.uuid());
        assertEquals(100L << 20, edited.definition().memoryBytes());
        assertEquals((50L << 20) + 1024, edited.definition().currentMemoryBytes());
        assertEquals(LifecycleAction.RESTART, edited.definition().lifecycle().onCrash());
    }

    @Test
    void withMemory_whenBelowTheCurrent_shrinksThatToo() {
        DomainDocument small = document.withMemory(1L << 20);

        assertEquals(1L << 20, small.definition().currentMemoryBytes());
    }

    @Test
    void withTuning_whenApplied_keepsTheOrderAndLiftsLimits() {
        DomainDocument tuned = document.withCpuTune(OptionalLong.of(512), OptionalLong.empty(), OptionalLong.of(50_000))
                .withMemoryTune(
                        new MemoryTune(OptionalLong.of(64L << 20), OptionalLong.empty(), OptionalLong.of(128L << 20)));
        assertTrue(tuned.toXml().indexOf("<memtune>") < tuned.toXml().indexOf("<vcpu"));
        assertEquals(OptionalLong.of(512), tuned.definition().cpuTune().shares());
        assertEquals(OptionalLong.of(64L << 20), tuned.definition().memoryTune().hardLimitBytes());

        DomainDocument lifted = tuned.withMemoryTune(
                new MemoryTune(OptionalLong.of(Long.MAX_VALUE), OptionalLong.empty(), OptionalLong.of(Long.MAX_VALUE)));
        assertFalse(lifted.toXml().contains("memtune"));
    }

    @Test
    void titleAndDescription_whenSetAndCleared_comeAndGo() {
        DomainDocument titled = document.withMetadata(MetadataKind.TITLE, "A <title>", null, null)
                .withMetadata(MetadataKind.DESCRIPTION, "two\nlines", null, null);

        assertEquals("A <title>", titled.metadata(MetadataKind.TITLE, null));
        assertEquals("two\nlines", titled.metadata(MetadataKind.DESCRIPTION, null));
        assertTrue(titled.toXml().indexOf("<title>") > titled.toXml().indexOf("<uuid>"));
        DomainDocument cleared = titled.withMetadata(MetadataKind.TITLE, null, null, null)
                .withMetadata(MetadataKind.DESCRIPTION, "", null, null);
        assertEquals(document, cleared);
        assertRefused(
                XmlErrorKind.NO_METADATA,
                "metadata not found: Requested metadata element is not present",
                () -> cleared.metadata(MetadataKind.TITLE, null));
        assertRefused(
                XmlErrorKind.CALL_ARGUMENT,
                "metadata title can't contain newlines",
                () -> document.withMetadata(MetadataKind.TITLE, "a\nb", null, null));
        assertThrows(XmlException.class, () -> document.withMetadata(MetadataKind.TITLE, "bell\u0007", null, null));
    }

    @Test
    void metadataElement_whenSet_isStoredWithThePrefixAndShownWithout() {
        String text = "<foo a=\"1\"><bar/>text<!-- c --></foo>";
        DomainDocument stored = document.withMetadata(MetadataKind.ELEMENT, text, "k", "urn:k");

        assertTrue(stored.toXml()
                .contains("  <metadata>\n    <k:foo xmlns:k=\"urn:k\" a=\"1\"><k:bar/>text<!-- c --></k:foo>\n"
                        + "  </metadata>\n"));
        assertEquals(text, stored.metadata(MetadataKind.ELEMENT, "urn:k"));
        assertEquals(stored, Definitions.parse(stored.toXml()));
    }

    @Test
    void metadataElement_whenSetAgain_replacesOnlyItsOwnNamespace() {
        DomainDocument two = document.withMetadata(MetadataKind.ELEMENT, "<a/>", "k", "urn:k")
                .withMetadata(MetadataKind.ELEMENT, "<b/>", "q", "urn:q")
                .withMetadata(MetadataKind.ELEMENT, "<c/>", "k", "urn:k");

        assertEquals("<c/>", two.metadata(MetadataKind.ELEMENT, "urn:k"));
        assertEquals("<b/>", two.metadata(MetadataKind.ELEMENT, "urn:q"));
        DomainDocument none = two.withMetadata(MetadataKind.ELEMENT, null, null, "urn:k")
                .withMetadata(MetadataKind.ELEMENT, null, null, "urn:q");
        assertEquals(document, none);
        assertEquals(document, document.withMetadata(MetadataKind.ELEMENT, null, null, "urn:k"));
    }

    @Test
    void metadataElement_whenItAlreadyHasTheNamespace_isKeptAsWritten() {
        DomainDocument stored =
                document.withMetadata(MetadataKind.ELEMENT, "<app xmlns='urn:k'><x/></app>", "k", "urn:k");

        assertTrue(stored.toXml().contains("<app xmlns=\"urn:k\">"));
        assertTrue(stored.metadata(MetadataKind.ELEMENT, "urn:k").startsWith("<app>"));
    }

    @Test
    void metadataElement_whenArgumentsAreWrong_isRefusedInLibvirtsWords() {
        MetadataKind element = MetadataKind.ELEMENT;
        assertRefused(
                XmlErrorKind.INTERNAL_ERROR,
                "internal error: failed to validate prefix for a new XML namespace",
                () -> document.withMetadata(element, "<a/>", "a b", "urn:k"));
        assertRefused(
                XmlErrorKind.INTERNAL_ERROR,
                "internal error: failed to create a new XML namespace",
                () -> document.withMetadata(element, "<r xmlns:k='urn:other'><k:x/></r>", "k", "urn:k"));
        assertRefused(
                XmlErrorKind.CALL_ARGUMENT,
                "key in virDomainSetMetadata must not be NULL",
                () -> document.withMetadata(element, "<a/>", null, "urn:k"));
        assertRefused(
                XmlErrorKind.CALL_ARGUMENT,
                "uri in virDomainSetMetadata must not be NULL",
                () -> document.withMetadata(element, "<a/>", "k", null));
        assertRefused(
                XmlErrorKind.INVALID_ARG,
                "invalid argument: metadata element 'z:a' is in namespace 'urn:z' (expected: none or 'urn:k')",
                () -> document.withMetadata(element, "<z:a xmlns:z='urn:z'/>", "k", "urn:k"));
        assertTrue(assertThrows(XmlException.class, () -> document.withMetadata(element, "<a", "k", "urn:k"))
                .getMessage()
                .startsWith("(metadata_xml):1: "));
    }

    @Test
    void live_whenTheLiveDefinitionChanges_showsTheChange() {
        LiveDomainXml live = new LiveDomainXml(document, 12, "/machine", List.of("/dev/pts/4"));
        LiveDomainXml changed =
                new LiveDomainXml(document.withCurrentMemory(1L << 20), 12, "/machine", List.of("/dev/pts/4"));

        assertTrue(live.toXml(new XmlFlags(false, false)).startsWith("<domain type='lxc' id='12'>\n"));
        assertTrue(
                changed.toXml(new XmlFlags(false, false)).contains("<currentMemory unit='KiB'>1024</currentMemory>"));
        assertEquals(Optional.empty(), document.definition().partition());
    }

    @Test
    void live_whenNamespacesAreShared_putsTheIdBeforeTheirDeclaration() {
        DomainDocument sharing = Definitions.parse(Definitions.BASE.replace(
                "</domain>",
                "<l:namespace xmlns:l='http://libvirt.org/schemas/domain/lxc/1.0'><l:sharenet type='name' value='b'/>"
                        + "</l:namespace></domain>"));

        String text = new LiveDomainXml(sharing, 3, "/machine", List.of()).toXml(new XmlFlags(false, false));

        assertTrue(
                text.startsWith("<domain type='lxc' id='3' xmlns:lxc='http://libvirt.org/schemas/domain/lxc/1.0'>"),
                text);
    }
}
