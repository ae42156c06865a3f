package io.fairlead.xml.domain;

import io.fairlead.xml.domain.normal.LiveRules;
import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlWriter;
import java.util.List;

/**
 * The clients' view of a running container: its live document with the facts of this run. Immutable; make a new one
 * when the live document or a fact changes.
 */
public final class LiveDomainXml {
    private final DomainDocument document;
    private final int id;
    private final String partition;
    private final List<String> consoleTtys;

    /**
     * @param document the live definition, with the changes since the start
     * @param id the domain's id, at least 1
     * @param partition the partition it runs in, such as /machine; printed when the definition names none
     * @param consoleTtys the terminal of each console on the host, such as /dev/pts/3, in the definition's order; a
     *     console without a terminal here is shown without a path
     */
    public LiveDomainXml(DomainDocument document, int id, String partition, List<String> consoleTtys) {
        if (id < 1) {
            throw new IllegalArgumentException("id: %d (expected: at least 1)".formatted(id));
        }
        this.document = document;
        this.id = id;
        this.partition = partition;
        this.consoleTtys = List.copyOf(consoleTtys);
    }

    /** The running view. Handling {@code flags.inactive} is up to the caller, which holds the other document. */
    public String toXml(XmlFlags flags) {
        XmlElement live = LiveRules.apply(document.tree(), id, partition, consoleTtys);
        return XmlWriter.document(flags.secure() ? live : Secrets.without(live));
    }
}
