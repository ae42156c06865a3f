package io.fairlead.core.domain;

import io.fairlead.core.backend.Guest;
import io.fairlead.core.backend.LiveFacts;
import io.fairlead.xml.domain.DomainDocument;
import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlWriter;
import java.util.ArrayList;
import java.util.List;

/** The texts of a definition: as it is kept, and with what only a running guest has. */
final class LiveXml {
    private LiveXml() {}

    static String inactive(DomainDocument definition) {
        return definition.toXml();
    }

    /** With id, partition, and the terminals and aliases of consoles; {@code guest} is null until it is launched. */
    static String live(DomainStatus status, Guest guest, XmlFlags flags) {
        XmlElement domain = status.live().tree();
        if (guest == null || flags.migratable()) {
            return XmlWriter.document(domain);
        }
        LiveFacts facts = guest.liveFacts();
        XmlElement placed = domain.mapChild(
                "resource", resource -> resource.mapChild("partition", at -> at.withText(facts.partition())));
        XmlElement wired = placed.mapChild("devices", devices -> withTerminals(devices, facts.consoleTtys()));
        return XmlWriter.document(wired.with("id", Integer.toString(status.id())));
    }

    private static XmlElement withTerminals(XmlElement devices, List<String> ttys) {
        List<XmlElement> consoles = new ArrayList<>();
        return devices.mapElements(device -> {
            if (!device.is("console")) {
                return device;
            }
            consoles.add(device);
            int index = consoles.size() - 1;
            XmlElement named = device.mapChild("alias", alias -> alias.with("name", "console" + index));
            if (index >= ttys.size()) {
                return named;
            }
            String tty = ttys.get(index);
            return named.with("tty", tty).mapChild("source", source -> source.with("path", tty));
        });
    }
}
