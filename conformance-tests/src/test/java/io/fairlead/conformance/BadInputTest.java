package io.fairlead.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.conformance.client.Outcome;
import io.fairlead.conformance.client.Virsh;
import io.fairlead.conformance.guest.DomainXml;
import io.fairlead.conformance.server.Server;
import io.fairlead.xml.domain.RefusedDefinitions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.provider.Arguments;
import org.libvirt.Connect;
import org.libvirt.LibvirtException;

/** Definitions that are wrong, hostile or not yet possible: refused by name, and other clients notice nothing. */
class BadInputTest {

    @Case
    void define_whenNotADomain_isRefused(Server server) {
        refusal(server, "this is not XML");
        refusal(server, "<network><name>n</name></network>");
        refusal(server, "<domain type='lxc'/>");
        refusal(server, "<domain type='lxc'><name></name></domain>");
        refusal(server, "<domain type='lxc'><name>x</name><memory>1024</memory></domain>");
        assertEquals("", server.virsh().ok("list", "--all", "--name"));
    }

    @Case
    void define_whenMalformed_saysWhere(Server server) {
        String refusal = refusal(server, "<domain type='lxc'><name>x</domain>");

        assertTrue(refusal.contains("(domain_definition):1:"), refusal);
    }

    @Case
    void define_whenForAnotherHypervisor_isRefused(Server server) {
        String text = DomainXml.sleeping(server, "c1").text().replace("type='lxc' xmlns", "type='kvm' xmlns");

        refusal(server, text);
    }

    @Case
    void define_whenTheNameHasASlashOrANewline_isRefused(Server server) {
        assertTrue(refusal(server, named(server, "a/b")).contains("cannot contain '/'"));
        assertTrue(refusal(server, named(server, "a\nb")).contains("invalid char in name"));
        assertEquals("", server.virsh().ok("list", "--all", "--name"));
    }

    @Case
    void define_whenTheNameHasTenThousandCharacters_isRefused(Server server) {
        refusal(server, named(server, "n".repeat(10_000)));

        assertEquals("", server.virsh().ok("list", "--all", "--name"));
    }

    @Case(notTheOracle = "it expands document types")
    void define_whenADocumentTypeIsGiven_isRefused(Server server) {
        String document = named(server, "c1");
        refusal(server, "<!DOCTYPE domain [<!ENTITY e 'c2'>]>" + document.replace("<name>c1", "<name>&e;"));
        refusal(
                server,
                "<!DOCTYPE domain [<!ENTITY e SYSTEM 'file:///etc/hostname'>]>"
                        + document.replace("<name>c1", "<name>&e;"));
        StringBuilder bomb = new StringBuilder("<!DOCTYPE domain [<!ENTITY e0 'lol'>");
        for (int i = 1; i < 12; i++) {
            bomb.append(
                    "<!ENTITY e%d '%s'>".formatted(i, "&e%d;".formatted(i - 1).repeat(10)));
        }
        Outcome outcome = define(server, bomb + "]>" + document.replace("<name>c1", "<name>&e11;"));
        outcome.refused();
        assertTrue(
                outcome.took().compareTo(Duration.ofSeconds(5)) < 0,
                outcome.took().toString());
        assertEquals("", server.virsh().ok("list", "--all", "--name"));
    }

    @Case(notTheOracle = "it takes what its XML library takes")
    void define_whenDeepOrHuge_isRefusedQuickly(Server server) {
        String document = named(server, "c1");
        String deep = "<a>".repeat(50_000) + "</a>".repeat(50_000);
        Outcome nested = define(server, document.replace("<os>", "<metadata>" + deep + "</metadata><os>"));
        nested.refused();
        assertTrue(
                nested.took().compareTo(Duration.ofSeconds(10)) < 0,
                nested.took().toString());
        server.virsh().ok("version");
    }

    @Case(notTheOracle = "it makes the missing directory, on the host, and misses init in it")
    void create_whenTheRootIsMissing_isRefusedByName(Server server) {
        Path missing = server.directory().resolve("missing/tree");
        String text = DomainXml.sleeping(server, "c1")
                .onRoot("<filesystem type='mount'><source dir='%s'/><target dir='/'/></filesystem>".formatted(missing))
                .text();

        String refusal = create(server, text).refused();

        assertTrue(refusal.contains(missing.toString()), refusal);
        assertFalse(Files.exists(missing));
        assertEquals("", server.virsh().ok("list", "--all", "--name"));
    }

    @Case
    void create_whenInitIsMissing_isRefusedByName(Server server) {
        String text = DomainXml.sleeping(server, "c1").running("/sbin/nothing").text();

        String refusal = create(server, text).refused();

        assertTrue(refusal.contains("/sbin/nothing"), refusal);
        assertEquals("", server.virsh().ok("list", "--all", "--name"));
    }

    @Case
    void start_whenItFails_leavesTheDefinitionShutOff(Server server) {
        Virsh virsh = server.virsh();
        DomainXml.sleeping(server, "c1").running("/sbin/nothing").define(server);

        virsh.refused("start", "c1");

        assertEquals("shut off", virsh.ok("domstate", "c1"));
        assertTrue(virsh.ok("domstate", "--reason", "c1").matches("shut off \\((failed|unknown)\\)"));
    }

    @Case
    void define_whenFilesystemKindIsImpossible_failsAtStartByName(Server server) {
        DomainXml.sleeping(server, "c1")
                .onRoot("<filesystem type='template'><source name='debian'/><target dir='/'/></filesystem>")
                .define(server);

        server.virsh().refused("start", "c1");
        assertEquals("shut off", server.virsh().ok("domstate", "c1"));
    }

    @Case(notTheOracle = "it has network interfaces already")
    void start_whenAnInterfaceIsWanted_isRefusedWithCode67(Server server) {
        DomainXml.sleeping(server, "c1")
                .device("<interface type='network'><source network='default'/></interface>")
                .define(server);

        String answer = Scripts.python(server, "start_refusal.py", "c1").run().orFail();

        assertTrue(answer.startsWith("code 67 "), answer);
        assertTrue(answer.contains("interface"), answer);
    }

    @Case
    void definitionsOfOthers_whenABadOneIsSent_areUntouched(Server server) {
        DomainXml.sleeping(server, "bystander").start(server);
        String before = server.virsh().ok("dumpxml", "bystander");

        refusal(server, "<domain type='lxc'><name>bystander</name>");
        refusal(
                server,
                "<domain type='lxc'><name>bystander</name><memory>-5</memory><os><type>exe</type><init>/x</init></os></domain>");

        assertEquals(before, server.virsh().ok("dumpxml", "bystander"));
        assertEquals("running", server.virsh().ok("domstate", "bystander"));
    }

    private static String named(Server server, String name) {
        return DomainXml.sleeping(server, name).text();
    }

    private static String refusal(Server server, String text) {
        return define(server, text).refused();
    }

    private static Outcome define(Server server, String text) {
        return server.virsh().run("define", file(server, text));
    }

    private static Outcome create(Server server, String text) {
        return server.virsh().run("create", file(server, text));
    }

    private static String file(Server server, String text) {
        try {
            Path file = Files.createTempFile(server.directory(), "bad-", ".xml");
            return Files.writeString(file, text).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Clients branch on the code, and some on the origin. */
    @Case
    void document_whenItIsWrong_hasCodeAndOriginOfTheOriginal(Server server) throws IOException {
        Path folder = Files.createDirectory(server.directory().resolve("errors-pool"));
        server.virsh().ok("pool-create-as", "errors", "dir", "--target", folder.toString());
        try {
            assertEquals(
                    """
                    domain, no XML: 35/20
                    domain, other root: 27/5 XML error: expecting root element of 'domain', not 'pool'
                    domain, value: 27/20 XML error: maximum vcpus count must be an integer
                    domain, choice: 27/5 XML error: Invalid value for attribute 'placement' in element 'vcpu': 'foo'.
                    domain, number: 27/5 XML error: Invalid value for attribute 'current' in element 'vcpu': 'foo'. Expected non-negative integer value
                    domain, schema: 92/5 XML document failed to validate against schema: Unable to validate doc against /usr/share/libvirt/schemas/domain.rng
                    pool, no XML: 35/18
                    pool, other root: 27/5 XML error: expecting root element of 'pool', not 'domain'
                    pool, name: 27/18 XML error: name a/b cannot contain '/'
                    pool, choice: 27/5 XML error: Invalid value for attribute 'type' in element 'pool': 'foo'.
                    pool, schema: 92/5 XML document failed to validate against schema: Unable to validate doc against /usr/share/libvirt/schemas/storagepool.rng
                    volume, no XML: 35/18
                    volume, other root: 27/5 XML error: expecting root element of 'volume', not 'pool'
                    volume, no size: 27/18 XML error: missing capacity element
                    volume, unit: 8/0 invalid argument: unknown suffix 'foo'
                    domain, set: 8/0 invalid argument: Failed to parse bitmap 'x'
                    domain, unit: 8/0 invalid argument: unknown suffix 'foo'
                    native, key: 33/9 configuration file syntax error: memory conf:2: expecting an assignment
                    volume, choice: 67/18 unsupported configuration: unknown volume type 'foo'
                    volume, format: 67/18 unsupported configuration: unknown volume format type foo
                    sources, no XML: 35/18\
                    """,
                    Scripts.python(server, "document_errors.py", "errors").run().orFail());
        } finally {
            server.virsh().ok("pool-destroy", "errors");
        }
    }

    /** The original accepts the first, has unrelated words for the second, and dies of the third. */
    private static final List<String> OURS = List.of("<name>..</name>", "<vcpu>0</vcpu>", "<vcpu>-1</vcpu>");

    @Case
    void definition_whenItIsRefused_hasCodeOriginAndWordsOfTheOriginal(Server server) throws LibvirtException {
        List<String> expected = new ArrayList<>();
        List<String> told = new ArrayList<>();
        Connect connect = new Connect(server.uri());
        try {
            for (Arguments refused : RefusedDefinitions.all().toList()) {
                String xml = (String) refused.get()[0];
                if (OURS.stream().anyMatch(xml::contains)) {
                    continue;
                }
                expected.add(refused.get()[1] + " " + refused.get()[2]);
                told.add(answer(connect, xml));
            }
        } finally {
            connect.close();
        }
        assertEquals(String.join("\n", expected), String.join("\n", told));
    }

    private static String answer(Connect connect, String xml) throws LibvirtException {
        try {
            connect.domainDefineXML(xml).undefine();
            return "accepted: " + xml;
        } catch (LibvirtException e) {
            return "%d/%d %s"
                    .formatted(
                            e.getError().getCode().ordinal(),
                            e.getError().getDomain().ordinal(),
                            e.getError().getMessage());
        }
    }
}
