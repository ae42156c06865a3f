package io.fairlead.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fairlead.conformance.client.Virsh;
import io.fairlead.conformance.guest.DomainXml;
import io.fairlead.conformance.server.Server;

/**
 * Kinds of objects that the daemon never has: listed as empty, in the old form and the new one, so that tools connect.
 */
class EmptyKindsTest {

    @Case
    void lists_whenThereIsNothing_areEmpty(Server server) {
        Virsh virsh = server.virsh();
        for (String command : new String[] {"net-list --all", "pool-list --all", "nwfilter-list", "secret-list"}) {
            assertEquals("", virsh.ok(command.split(" ")), command);
        }
    }

    @Case(notTheOracle = "it lists the interfaces and devices of its own network namespace")
    void hostLists_whenThereIsNothing_areEmpty(Server server) {
        Virsh virsh = server.virsh();
        for (String command : new String[] {"iface-list --all", "nodedev-list", "nwfilter-binding-list"}) {
            assertEquals("", virsh.ok(command.split(" ")), command);
        }
    }

    @Case(notTheOracle = "it has no snapshots")
    void snapshots_whenThereAreNone_areEmpty(Server server) {
        Virsh virsh = server.virsh();
        DomainXml.sleeping(server, "c1").define(server);

        assertEquals("", virsh.ok("snapshot-list", "c1", "--name"));
        assertEquals("", virsh.ok("list", "--all", "--with-snapshot", "--name"));
    }

    @Case
    void oldLists_whenAskedForCountsAndNames_areEmpty(Server server) {
        assertEquals(
                """
                numOfNetworks 0
                numOfDefinedNetworks 0
                listNetworks []
                listDefinedNetworks []
                numOfStoragePools 0
                numOfDefinedStoragePools 0
                listStoragePools []
                listDefinedStoragePools []
                numOfNWFilters 0
                listNWFilters []
                numOfSecrets 0
                listSecrets []
                numOfDefinedInterfaces 0
                listDefinedInterfaces []
                numOfDomains 0
                listDomainsID []
                numOfDefinedDomains 0
                listDefinedDomains []\
                """,
                Scripts.python(server, "old_lists.py").run().orFail());
    }
}
