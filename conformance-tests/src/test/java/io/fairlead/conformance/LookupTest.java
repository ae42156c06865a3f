package io.fairlead.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.conformance.client.Virsh;
import io.fairlead.conformance.guest.DomainXml;
import io.fairlead.conformance.server.Server;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/** Lists with their filters, and finding one domain by name, uuid or id. */
class LookupTest {

    @Case
    void connect_whenTheNameIsOneOfTheDrivers_isServed(Server server) {
        for (String name : List.of("lxc://", "lxc:///", "lxc:///system", "lxc:/", "lxc:", "lxc:///%73ystem", "")) {
            assertEquals("c2", connectedAs(server, name).ok("echo", "c2"), name);
            assertEquals("", connectedAs(server, name).ok("list", "--name").strip(), name);
        }
        for (String name : List.of("lxc:///session", "lxc:///system/", "lxc:////", "lxc:system")) {
            String refusal = connectedAs(server, name).refused("list");
            assertTrue(refusal.contains("internal error: Unexpected LXC URI path "), refusal);
            assertTrue(refusal.contains(", try lxc:///system"), refusal);
        }
        for (String name : List.of("lxc+unix://", "xen:///", "lxc", "//")) {
            String refusal = connectedAs(server, name).refused("list");
            assertTrue(refusal.contains("no connection driver available for "), refusal);
        }
        assertTrue(connectedAs(server, "lxc:///a b").refused("list").contains("internal error: Unable to parse URI"));
    }

    /** The name reaches the daemon as it is. */
    private static Virsh connectedAs(Server server, String name) {
        return new Virsh(server.uri() + "&name="
                + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20"));
    }

    @Case
    void list_whenFiltered_holdsWhatTheFilterSays(Server server) {
        Virsh virsh = server.virsh();
        DomainXml.sleeping(server, "off").define(server);
        DomainXml.sleeping(server, "on").start(server);
        DomainXml.sleeping(server, "passing").create(server);
        DomainXml.sleeping(server, "still").start(server);
        virsh.ok("suspend", "still");
        virsh.ok("autostart", "on");

        assertEquals("off on passing still", names(virsh, "--all"));
        assertEquals("on passing still", names(virsh));
        assertEquals("off", names(virsh, "--inactive"));
        assertEquals("passing", names(virsh, "--all", "--transient"));
        assertEquals("off on still", names(virsh, "--all", "--persistent"));
        assertEquals("off", names(virsh, "--all", "--state-shutoff"));
        assertEquals("still", names(virsh, "--all", "--state-paused"));
        assertEquals("on passing", names(virsh, "--all", "--state-running"));
        assertEquals("on", names(virsh, "--all", "--autostart"));
        assertEquals("off on passing still", names(virsh, "--all", "--without-managed-save"));
        assertEquals("", names(virsh, "--all", "--with-managed-save"));
    }

    /** Order is the daemon's affair; virsh sorts by id, then name. */
    private static String names(Virsh virsh, String... filter) {
        String[] words = new String[filter.length + 2];
        words[0] = "list";
        words[1] = "--name";
        System.arraycopy(filter, 0, words, 2, filter.length);
        return String.join(
                " ",
                virsh.ok(words).lines().filter(line -> !line.isBlank()).sorted().toList());
    }

    @Case
    void list_whenAskedForATable_showsIdNameStateAndTitle(Server server) {
        Virsh virsh = server.virsh();
        DomainXml.sleeping(server, "off").with("<title>A title</title>").define(server);
        DomainXml.sleeping(server, "on").create(server);

        String table = virsh.ok("list", "--all", "--title");

        assertTrue(table.lines().anyMatch(line -> line.matches("\\s*-\\s+off\\s+shut off\\s+A title\\s*")), table);
        String id = virsh.ok("domid", "on");
        assertTrue(table.lines().anyMatch(line -> line.matches("\\s*" + id + "\\s+on\\s+running\\s*")), table);
    }

    @Case
    void lookup_whenByNameUuidOrId_findsTheSame(Server server) {
        Virsh virsh = server.virsh();
        UUID uuid = UUID.randomUUID();
        DomainXml.sleeping(server, "c1").withUuid(uuid).create(server);
        String id = virsh.ok("domid", "c1");

        assertEquals("c1", virsh.ok("domname", uuid.toString()));
        assertEquals("c1", virsh.ok("domname", id));
        assertEquals(id, virsh.ok("domid", uuid.toString()));
        assertEquals(uuid.toString(), virsh.ok("domuuid", "c1"));
    }

    @Case
    void lookup_whenMissing_isRefusedWithTheCodeClientsBranchOn(Server server) {
        String answer = Scripts.python(server, "lookups.py").run().orFail();

        assertEquals(
                """
                lookupByName: code 42 domain 17: Domain not found: No domain with matching name 'nope'
                lookupByUUIDString: code 42 domain 17: Domain not found: No domain with matching uuid '00000000-0000-4000-8000-000000000000'
                lookupByID: code 42 domain 17: Domain not found: No domain with matching id 2147483647\
                """,
                answer);
    }
}
