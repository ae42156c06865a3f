package io.fairlead.conformance.guest;

import io.fairlead.conformance.client.Eventually;
import io.fairlead.conformance.server.Server;
import java.time.Duration;

/** Asks a question from inside a container: its init runs a script whose output lands in a file of its root tree. */
public final class Inside {
    private Inside() {}

    /** Starts the domain with the script as init, and returns the script's output. The domain stays, asleep. */
    public static String ask(Server server, RootTree root, DomainXml xml, String script) {
        create(server, root, xml, script);
        return root.read("answer").strip();
    }

    /** The same for a definition that needs another way to start. */
    public static DomainXml asking(RootTree root, DomainXml xml, String script) {
        root.script("ask", "{\n" + script + "\n} > /answer.part 2>&1\nmv /answer.part /answer\nexec sleep 1000000\n");
        return xml.running("/ask");
    }

    public static void await(RootTree root) {
        Eventually.until("the script inside has answered", Duration.ofSeconds(15), () -> root.has("answer"));
    }

    private static void create(Server server, RootTree root, DomainXml xml, String script) {
        server.virsh().ok("create", asking(root, xml, script).file(server.directory()));
        await(root);
    }
}
