package io.fairlead.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.conformance.client.Virsh;
import io.fairlead.conformance.guest.DomainXml;
import io.fairlead.conformance.server.Server;
import io.fairlead.xml.facts.ContainerFacts;
import io.fairlead.xml.facts.FactsMetadata;
import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** A container's facts, in the hands of clients that know nothing of them. */
class FactsTest {
    private static final String FACTS =
            """
            <f:container xmlns:f='%s'>
              <f:image name='docker.io/library/nginx:1.25' id='sha256:0f0f'/>
              <f:label name='empty' value=''/>
              <f:label name='odd' value=' a&#10;b&#9;&lt;&amp;&quot; '/>
              <f:restart policy='on-failure' most='5'/>
              <f:stop signal='SIGQUIT' timeout='30'/>
              <f:port container='80' protocol='tcp' host='8080'/>
            </f:container>
            """
                    .formatted(FactsMetadata.NAMESPACE);

    private static DomainXml guest(Server server) {
        return DomainXml.sleeping(server, "c1").with("<metadata>" + FACTS + "</metadata>");
    }

    private static ContainerFacts facts(String definition) {
        XmlElement metadata = XmlReader.read("dumpxml", definition).child("metadata");
        return FactsMetadata.read(metadata.elements().get(0));
    }

    private static ContainerFacts sent() {
        return FactsMetadata.read(XmlReader.read("sent", FACTS));
    }

    @Case
    void facts_whenDefinedAndStarted_comeBackInEveryView(Server server) {
        Virsh virsh = server.virsh();
        guest(server).start(server);

        assertEquals(new TreeMap<>(Map.of("empty", "", "odd", " a\nb\t<&\" ")), sent().labels());
        assertEquals(sent(), facts(virsh.ok("dumpxml", "c1")));
        assertEquals(sent(), facts(virsh.ok("dumpxml", "--inactive", "c1")));
    }

    @Case
    void facts_whenTheDefinitionIsEdited_changeAsWritten(Server server) throws IOException {
        Virsh virsh = server.virsh();
        guest(server).define(server);
        Path editor = Files.writeString(
                server.directory().resolve("editor"), "#!/bin/sh\nsed -i 's/most=.5./most=\"7\"/' \"$1\"\n");
        assertTrue(editor.toFile().setExecutable(true));

        virsh.command("edit", "c1").with("EDITOR", editor.toString()).run().orFail();

        ContainerFacts edited = facts(virsh.ok("dumpxml", "c1"));
        assertEquals(7, edited.restart().orElseThrow().most());
        assertEquals(sent().labels(), edited.labels());
    }

    @Case
    void facts_whenReadAndSetAsMetadata_areTheSame(Server server) {
        Virsh virsh = server.virsh();
        guest(server).define(server);
        String shown = virsh.ok("metadata", "c1", FactsMetadata.NAMESPACE);

        virsh.ok("metadata", "c1", FactsMetadata.NAMESPACE, "--key", "any", "--set", shown);

        assertFalse(shown.contains(FactsMetadata.NAMESPACE), shown);
        assertEquals(sent(), facts(virsh.ok("dumpxml", "c1")));
        virsh.ok("metadata", "c1", FactsMetadata.NAMESPACE, "--remove");
        assertFalse(virsh.ok("dumpxml", "c1").contains(FactsMetadata.NAMESPACE));
    }

    @Case(notTheOracle = "it knows nothing of facts")
    void facts_whenTheyAreWrong_areRefusedAndChangeNothing(Server server) {
        Virsh virsh = server.virsh();
        guest(server).define(server);
        String before = virsh.ok("dumpxml", "c1");
        String wrong = FACTS.replace("on-failure", "sometimes");

        String refusal = virsh.refused(
                "define",
                DomainXml.sleeping(server, "c1")
                        .with("<metadata>" + wrong + "</metadata>")
                        .file(server.directory()));
        String set = virsh.refused("metadata", "c1", FactsMetadata.NAMESPACE, "--key", "f", "--set", wrong);

        assertTrue(refusal.contains("XML error: container facts: "), refusal);
        assertTrue(refusal.contains("sometimes"), refusal);
        assertTrue(set.contains("XML error: container facts: "), set);
        assertEquals(before, virsh.ok("dumpxml", "c1"));
    }
}
