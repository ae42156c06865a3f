package io.fairlead.xml.facts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.test.RandomTest;
import io.fairlead.xml.domain.DomainDocument;
import io.fairlead.xml.domain.MetadataKind;
import io.fairlead.xml.domain.normal.DomainDefaults;
import io.fairlead.xml.facts.HealthFact.How;
import io.fairlead.xml.facts.PortFact.Protocol;
import io.fairlead.xml.facts.RestartFact.Policy;
import io.fairlead.xml.facts.StdioFact.Stdin;
import io.fairlead.xml.tree.XmlErrorKind;
import io.fairlead.xml.tree.XmlException;
import io.fairlead.xml.tree.XmlReader;
import io.fairlead.xml.tree.XmlWriter;
import java.io.IOException;
import java.io.StringReader;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.SAXException;

class FactsMetadataTest {
    static final DomainDefaults HOST = DomainDefaults.forArch("amd64");
    static final DomainDocument BARE = DomainDocument.parse(
            "<domain type='lxc'><name>a</name><uuid>8f1f2c54-4c2e-4a6b-9d53-2f0a6f1b7c00</uuid><memory>1</memory>"
                    + "<metadata><o:other xmlns:o='urn:o'>kept</o:other></metadata>"
                    + "<os><type>exe</type><init>/i</init></os></domain>",
            HOST);
    private static final String ID = "sha256:" + "0f".repeat(32);
    private static final Path PAGE = Path.of("../docs/formats/container-facts.md");

    /** The facts of the example in the page on the format. */
    private static final ContainerFacts EXAMPLE = new ContainerFacts(
            Optional.of(new ImageFact("docker.io/library/nginx:1.25", ID)),
            new TreeMap<>(Map.of("com.example.tier", "web", "note", "two\nlines")),
            Optional.of(new RestartFact(Policy.ON_FAILURE, 5)),
            new StopFact(Optional.of("SIGQUIT"), OptionalInt.of(30)),
            Optional.of(new HealthFact(
                    How.COMMAND,
                    List.of("curl", "-f", "http://localhost/"),
                    Optional.of(Duration.ofSeconds(30)),
                    Optional.of(Duration.ofMillis(2500)),
                    Optional.of(Duration.ofMinutes(1)),
                    Optional.empty(),
                    OptionalInt.of(3))),
            List.of(
                    new PortFact(80, Protocol.TCP, Optional.of("127.0.0.1"), OptionalInt.of(8080)),
                    new PortFact(53, Protocol.UDP, Optional.empty(), OptionalInt.empty())),
            List.of(new VolumeFact("data", "/var/lib/data", false), new VolumeFact("9c41", "/var/cache", true)),
            new StdioFact(true, Stdin.OPEN));

    private static Schema schema() throws SAXException {
        return SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(ContainerFacts.class.getResource("container-facts.xsd"));
    }

    private static void validate(String text) throws SAXException, IOException {
        schema().newValidator().validate(new StreamSource(new StringReader(text)));
    }

    private static DomainDocument defined(String facts) {
        return DomainDocument.parse(BARE.toXml().replace("<metadata>", "<metadata>" + facts), HOST);
    }

    private static String container(String inside) {
        return "<f:container xmlns:f='%s'>%s</f:container>"
                .formatted(FactsMetadata.NAMESPACE, inside.replaceAll("<(/?)(?=[a-z])", "<$1f:"));
    }

    @Test
    void write_thenRead_givesTheSame_andLeavesOtherMetadata() throws Exception {
        DomainDocument written = FactsMetadata.write(BARE, EXAMPLE);
        DomainDocument again = DomainDocument.parse(written.toXml(), HOST);

        assertEquals(written, again);
        assertEquals(Optional.of(EXAMPLE), FactsMetadata.read(again));
        assertEquals("<other>kept</other>", again.metadata(MetadataKind.ELEMENT, "urn:o"));
        validate(
                XmlWriter.foreign(again.metadataElement(FactsMetadata.NAMESPACE).orElseThrow()));
    }

    @Test
    void write_whenThereAreFacts_takesTheirPlace() {
        DomainDocument written = FactsMetadata.write(FactsMetadata.write(BARE, EXAMPLE), ContainerFacts.NONE);

        assertEquals(Optional.of(ContainerFacts.NONE), FactsMetadata.read(written));
        assertFalse(written.toXml().contains("nginx"));
    }

    /** A client that reads the element and sets it again, as virsh metadata --edit does, changes nothing. */
    @Test
    void metadata_whenReadAndSetByAClient_areTheSameFacts() {
        DomainDocument written = FactsMetadata.write(BARE, EXAMPLE);
        String shown = written.metadata(MetadataKind.ELEMENT, FactsMetadata.NAMESPACE);
        DomainDocument set = written.withMetadata(MetadataKind.ELEMENT, shown, "any", FactsMetadata.NAMESPACE);

        assertFalse(shown.contains(FactsMetadata.NAMESPACE));
        assertEquals(Optional.of(EXAMPLE), FactsMetadata.read(set));
    }

    @Test
    void exampleInTheDocs_isValid_andReadsAsWeSay() throws Exception {
        Matcher block =
                Pattern.compile("```xml\n(<container .*?)```", Pattern.DOTALL).matcher(Files.readString(PAGE));
        assertTrue(block.find());
        validate(block.group(1));
        assertEquals(EXAMPLE, FactsMetadata.read(XmlReader.read("page", block.group(1))));
    }

    /** The table in the page names every element and attribute of the schema. */
    @Test
    void page_namesAllThatTheSchemaDeclares() throws Exception {
        String page = Files.readString(PAGE);
        String xsd;
        try (var in = ContainerFacts.class.getResourceAsStream("container-facts.xsd")) {
            xsd = new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
        Matcher name =
                Pattern.compile("<xs:(?:element|attribute) name=\"(\\w+)\"").matcher(xsd);
        List<String> missing = new ArrayList<>();
        while (name.find()) {
            if (!page.contains("`" + name.group(1) + "`")) {
                missing.add(name.group(1));
            }
        }
        assertEquals(List.of(), missing);
    }

    @Test
    void read_whenThereAreNone_isEmpty() {
        assertEquals(Optional.empty(), FactsMetadata.read(BARE));
    }

    @Test
    void read_whenNothingIsSaid_hasTheDefaults() {
        assertEquals(Optional.of(ContainerFacts.NONE), FactsMetadata.read(defined(container(""))));
    }

    /** A domain without facts must not pay for JAXB: here its classes cannot be loaded at all. */
    @Test
    void read_whenThereAreNone_needsNoJaxb() throws Exception {
        URL[] urls = Stream.of(System.getProperty("java.class.path").split(":"))
                .map(Path::of)
                .map(FactsMetadataTest::url)
                .toArray(URL[]::new);
        try (URLClassLoader without = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader()) {
            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                if (name.startsWith("jakarta.xml.bind") || name.startsWith("org.glassfish")) {
                    throw new ClassNotFoundException(name);
                }
                return super.findClass(name);
            }
        }) {
            Class<?> reader = without.loadClass(LookWithoutJaxb.class.getName());
            assertEquals(true, reader.getMethod("isEmpty", String.class).invoke(null, BARE.toXml()));
            Throwable failure = assertThrows(java.lang.reflect.InvocationTargetException.class, () -> reader.getMethod(
                                    "isEmpty", String.class)
                            .invoke(null, FactsMetadata.write(BARE, EXAMPLE).toXml()))
                    .getCause();
            assertTrue(failure instanceof NoClassDefFoundError, failure::toString);
        }
    }

    /** Loaded by a loader that has no JAXB. */
    public static final class LookWithoutJaxb {
        private LookWithoutJaxb() {}

        public static boolean isEmpty(String xml) {
            return FactsMetadata.read(DomainDocument.parse(xml, DomainDefaults.forArch("amd64")))
                    .isEmpty();
        }
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (java.net.MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<image name='n' id='no-digest'/>",
                "<image name='' id='sha256:00'/>",
                "<image id='sha256:00'/>",
                "<image name='n' id='sha256:00'/><image name='n' id='sha256:00'/>",
                "<label name='' value='x'/>",
                "<label name='a'/>",
                "<label name='a' value='1'/><label name='a' value='2'/>",
                "<restart policy='sometimes'/>",
                "<restart policy='Always'/>",
                "<restart policy='no' most='3'/>",
                "<restart policy='on-failure' most='-1'/>",
                "<restart policy='on-failure' most='99999999999'/>",
                "<stop signal='kill it'/>",
                "<stop timeout='-2'/>",
                "<stop timeout='1.5'/>",
                "<health check='command'/>",
                "<health check='none'><word value='x'/></health>",
                "<health check='shell'><word value='x'/><word value='y'/></health>",
                "<health check='command' interval='30s'><word value='x'/></health>",
                "<health check='command' interval='-PT1S'><word value='x'/></health>",
                "<health check='command' interval='P1Y'><word value='x'/></health>",
                "<health check='command' interval='PT999999999999999H'><word value='x'/></health>",
                "<health check='command' interval='PT'><word value='x'/></health>",
                "<port container='0' protocol='tcp'/>",
                "<port container='65536' protocol='tcp'/>",
                "<port container='80' protocol='TCP'/>",
                "<port container='80'/>",
                "<port container='80' protocol='tcp'/><port container='80' protocol='tcp'/>",
                "<volume name='v' path='relative'/>",
                "<volume name='v' path='/a'/><volume name='w' path='/a'/>",
                "<volume name='v' path='/a' anonymous='perhaps'/>",
                "<stdio terminal='true'/>",
                "<stdio terminal='true' stdin='maybe'/>",
                "<unknown/>",
                "<stop other='1'/>",
                "<stop xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:nil='true'/>",
                "<stop xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:type='f:Health'/>",
                "<stop xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:schemaLocation='a http://a/'/>",
                "<stop><deep/></stop>",
                "<stop>text</stop>",
                "words",
                "<stdio terminal='true' stdin='open'/><image name='n' id='sha256:00'/>"
            })
    void read_whenTheElementIsWrong_isRefused(String inside) {
        DomainDocument document = defined(container(inside));
        XmlException refusal = assertThrows(XmlException.class, () -> FactsMetadata.read(document));

        assertEquals(XmlErrorKind.XML_ERROR, refusal.kind());
        assertTrue(refusal.getMessage().startsWith("XML error: container facts: "), refusal.getMessage());
        assertTrue(refusal.getMessage().length() > 40, refusal.getMessage());
    }

    @Test
    void read_whenTheElementHasAnotherName_isRefused() {
        DomainDocument document = defined("<f:box xmlns:f='%s'/>".formatted(FactsMetadata.NAMESPACE));
        assertThrows(XmlException.class, () -> FactsMetadata.read(document));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000b", "\u0001", "\ud800", "\uffff"})
    void facts_thatXmlCannotCarry_areRefusedAtBirth(String value) {
        TreeMap<String, String> labels = new TreeMap<>(Map.of("key", value));
        XmlException refusal = assertThrows(
                XmlException.class,
                () -> new ContainerFacts(
                        Optional.empty(),
                        labels,
                        Optional.empty(),
                        StopFact.DEFAULT,
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        StdioFact.DETACHED));
        assertEquals("container facts: label 'key' holds a character that XML has no way to write", refusal.detail());
    }

    /** Random facts, with hostile text wherever text may be, come back through the text of a definition. */
    @RandomTest(tries = 300)
    void facts_whateverTheySay_comeBack(long seed) throws Exception {
        ContainerFacts facts = new RandomFacts(new Random(seed)).make();
        DomainDocument written = FactsMetadata.write(BARE, facts);
        DomainDocument again = DomainDocument.parse(written.toXml(), HOST);

        assertEquals(Optional.of(facts), FactsMetadata.read(again));
        validate(XmlWriter.foreign(FactsMetadata.element(facts)));
    }

    private record RandomFacts(Random random) {
        private static final List<String> HOSTILE = List.of(
                "x",
                " ",
                "  a  b ",
                "\t\n\r",
                "<&>'\"]]>",
                "\u00e9\u20ac\u2028\u0085",
                "\ud83d\ude00",
                "${x}",
                "%s",
                "-->");

        ContainerFacts make() {
            return new ContainerFacts(
                    maybe() ? Optional.empty() : Optional.of(new ImageFact(text(), ID)),
                    labels(),
                    maybe() ? Optional.empty() : Optional.of(restart()),
                    new StopFact(
                            maybe() ? Optional.empty() : Optional.of(one("SIGTERM", "RTMIN+3", "9", "SIGRTMAX-2")),
                            maybe() ? OptionalInt.empty() : OptionalInt.of(random.nextInt(100) - 1)),
                    maybe() ? Optional.empty() : Optional.of(health()),
                    random.ints(random.nextInt(4), 1, 65_536)
                            .distinct()
                            .mapToObj(this::port)
                            .toList(),
                    random.ints(random.nextInt(4), 0, 100)
                            .distinct()
                            .mapToObj(n -> new VolumeFact(text(), "/" + n + text(), maybe()))
                            .toList(),
                    new StdioFact(maybe(), one(Stdin.values())));
        }

        private boolean maybe() {
            return random.nextBoolean();
        }

        @SafeVarargs
        private <T> T one(T... all) {
            return all[random.nextInt(all.length)];
        }

        private String text() {
            return one(HOSTILE.toArray(String[]::new)) + one(HOSTILE.toArray(String[]::new));
        }

        private SortedMap<String, String> labels() {
            SortedMap<String, String> labels = new TreeMap<>();
            for (int i = random.nextInt(5); i > 0; i--) {
                labels.put(text(), maybe() ? "" : text());
            }
            return labels;
        }

        private RestartFact restart() {
            Policy policy = one(Policy.values());
            return new RestartFact(policy, policy == Policy.ON_FAILURE ? random.nextInt(Integer.MAX_VALUE) : 0);
        }

        private HealthFact health() {
            How how = one(How.values());
            int words = how == How.COMMAND ? 1 + random.nextInt(3) : how == How.SHELL ? 1 : 0;
            return new HealthFact(
                    how,
                    Stream.generate(() -> maybe() ? "" : text()).limit(words).toList(),
                    time(),
                    time(),
                    time(),
                    time(),
                    maybe() ? OptionalInt.empty() : OptionalInt.of(random.nextInt(100)));
        }

        private Optional<Duration> time() {
            return maybe() ? Optional.empty() : Optional.of(Duration.ofNanos(random.nextLong(Long.MAX_VALUE)));
        }

        private PortFact port(int number) {
            return new PortFact(
                    number,
                    one(Protocol.values()),
                    maybe() ? Optional.empty() : Optional.of(one("127.0.0.1", "::1", "fe80::1%eth0")),
                    maybe() ? OptionalInt.empty() : OptionalInt.of(1 + random.nextInt(65_535)));
        }
    }
}
