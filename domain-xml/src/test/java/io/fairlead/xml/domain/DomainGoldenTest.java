package io.fairlead.xml.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fairlead.xml.Goldens;
import io.fairlead.xml.schema.LibvirtSchemas;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Cases in {@code golden} were printed by libvirt 9.0's own LXC driver for the same input; those in {@code foreign}
 * hold elements that libvirt drops and we keep, so they are our own and no schema knows them.
 */
class DomainGoldenTest {
    private static final LibvirtSchemas SCHEMAS = new LibvirtSchemas(LibvirtSchemas.DIRECTORY);

    static Stream<Path> known() {
        return Goldens.cases("golden");
    }

    /** All but those that libvirt's driver takes and its schema forgets; each says so in a file. */
    static Stream<Path> inSchema() {
        return known().filter(folder -> !Files.exists(folder.resolve("no-schema.txt")));
    }

    static Stream<Path> all() {
        return Stream.concat(known(), Goldens.cases("foreign"));
    }

    static Stream<Path> live() {
        return known().filter(folder -> Files.exists(folder.resolve("live.xml")));
    }

    @ParameterizedTest
    @MethodSource("all")
    void parse_whenClientSendsADefinition_printsWhatLibvirtStores(Path folder) {
        DomainDocument document = Definitions.parse(Goldens.read(folder.resolve("input.xml")));

        assertEquals(Goldens.read(folder.resolve("persisted.xml")), document.toXml());
    }

    @ParameterizedTest
    @MethodSource("all")
    void parse_whenStoredTextComesBack_changesNothing(Path folder) {
        String persisted = Goldens.read(folder.resolve("persisted.xml"));

        assertEquals(persisted, Definitions.parse(persisted).toXml());
    }

    @ParameterizedTest
    @MethodSource("live")
    void live_whenContainerRuns_printsWhatLibvirtPrints(Path folder) {
        DomainDocument document = Definitions.parse(Goldens.read(folder.resolve("input.xml")));
        LiveDomainXml live = new LiveDomainXml(document, 4711, "/machine", List.of("/dev/pts/0", "/dev/pts/1"));

        assertEquals(Goldens.read(folder.resolve("live.xml")), live.toXml(new XmlFlags(false, false)));
    }

    @ParameterizedTest
    @MethodSource("live")
    void parse_whenLiveTextComesBack_storesTheDefinitionAndNotTheRun(Path folder) {
        String live = Goldens.read(folder.resolve("live.xml"));
        String persisted = Goldens.read(folder.resolve("persisted.xml"));
        // The partition is the only value that was filled in at start and reads like a client's wish.
        String expected = persisted.contains("<resource>")
                ? persisted
                : persisted.replace(
                        "  <os>", "  <resource>\n    <partition>/machine</partition>\n  </resource>\n  <os>");

        assertEquals(expected, Definitions.parse(live).toXml());
    }

    @ParameterizedTest
    @MethodSource("inSchema")
    void output_whenKnownToLibvirt_matchesItsSchema(Path folder) {
        assumeTrue(SCHEMAS.has("domain.rng"), "skipped, because package libvirt0 with its schemas is not installed");

        SCHEMAS.validateDomain(
                Definitions.parse(Goldens.read(folder.resolve("input.xml"))).toXml());
        if (Files.exists(folder.resolve("live.xml"))) {
            SCHEMAS.validateDomain(Goldens.read(folder.resolve("live.xml")));
        }
    }
}
