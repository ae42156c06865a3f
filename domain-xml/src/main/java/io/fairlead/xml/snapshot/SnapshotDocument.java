package io.fairlead.xml.snapshot;

import static java.util.Objects.requireNonNull;

import io.fairlead.xml.domain.DomainDocument;
import io.fairlead.xml.domain.Secrets;
import io.fairlead.xml.domain.normal.DomainDefaults;
import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlErrorKind;
import io.fairlead.xml.tree.XmlException;
import io.fairlead.xml.tree.XmlWriter;
import java.util.List;
import java.util.Optional;

/**
 * A snapshot of a domain, in the stored form and in the form for a client.
 *
 * @param parent the snapshot it was made after
 * @param createdSeconds since 1970
 * @param disks the domain's file systems and disks, and whether their content is kept
 * @param domain how the domain was defined at that moment; while it ran, the live definition
 * @param inactive the persistent definition of a domain that ran with another one
 */
public record SnapshotDocument(
        String name,
        Optional<String> description,
        SnapshotState state,
        Optional<String> parent,
        long createdSeconds,
        List<SnapshotDisk> disks,
        DomainDocument domain,
        Optional<DomainDocument> inactive) {
    public SnapshotDocument {
        requireNonNull(name, "name");
        requireNonNull(state, "state");
        disks = List.copyOf(disks);
        requireNonNull(domain, "domain");
    }

    /**
     * Reads a snapshot that a client defines again, or as it was stored.
     *
     * @throws XmlException with libvirt's code and words; also for one without a domain, which older versions of
     *     libvirt wrote
     */
    public static SnapshotDocument parse(String xml) {
        return of(SnapshotRequest.root(xml));
    }

    /** As {@link #parse}, of an element in another document. */
    public static SnapshotDocument of(XmlElement root) {
        String name = SnapshotRequest.name(root)
                .orElseThrow(() -> XmlException.malformed("a redefined snapshot must have a name"));
        XmlElement domain = root.child("domain");
        if (domain == null || domain.child("name") == null) {
            throw XmlException.malformed("missing domain in snapshot");
        }
        return new SnapshotDocument(
                name,
                SnapshotRequest.description(root),
                state(root),
                Optional.ofNullable(root.path("parent", "name"))
                        .map(XmlElement::text)
                        .filter(text -> !text.isEmpty()),
                created(root),
                SnapshotRequest.disks(root),
                document(domain),
                Optional.ofNullable(root.child("inactiveDomain"))
                        .map(inactive -> document(inactive.withName("domain"))));
    }

    private static DomainDocument document(XmlElement domain) {
        return DomainDocument.of(domain, DomainDefaults.host());
    }

    private static SnapshotState state(XmlElement root) {
        String state = root.childText("state").orElse("");
        if (state.isEmpty()) {
            throw XmlException.malformed("missing state from existing snapshot");
        }
        return SnapshotState.of(state)
                .orElseThrow(
                        () -> XmlException.unsupported("Invalid state '%s' in domain snapshot XML".formatted(state)));
    }

    private static long created(XmlElement root) {
        String time = root.childText("creationTime").map(String::strip).orElse("");
        if (!time.matches("[0-9]{1,18}")) {
            throw new XmlException(XmlErrorKind.INTERNAL_ERROR, "missing creationTime from existing snapshot");
        }
        return Long.parseLong(time);
    }

    /** The definition that the domain starts with after a revert. */
    public DomainDocument config() {
        return inactive.orElse(domain);
    }

    public SnapshotDocument withParent(Optional<String> newParent) {
        return new SnapshotDocument(name, description, state, newParent, createdSeconds, disks, domain, inactive);
    }

    public SnapshotDocument withDisks(List<SnapshotDisk> newDisks) {
        return new SnapshotDocument(name, description, state, parent, createdSeconds, newDisks, domain, inactive);
    }

    /** The text for a client. @param secure with passwords */
    public String toXml(boolean secure) {
        return XmlWriter.document(element(secure));
    }

    /** All of it, to be stored; in libvirt's order (virDomainSnapshotDefFormat). */
    public XmlElement element() {
        return element(true);
    }

    private XmlElement element(boolean secure) {
        XmlElement root = XmlElement.of("domainsnapshot").plus(XmlElement.of("name", name));
        if (description.isPresent()) {
            root = root.plus(XmlElement.of("description", description.get()));
        }
        root = root.plus(XmlElement.of("state", state.xmlName()));
        if (parent.isPresent()) {
            root = root.plus(XmlElement.of("parent").plus(XmlElement.of("name", parent.get())));
        }
        root = root.plus(XmlElement.of("creationTime", Long.toString(createdSeconds)))
                .plus(XmlElement.of("memory").with("snapshot", "no"));
        if (!disks.isEmpty()) {
            XmlElement all = XmlElement.of("disks");
            for (SnapshotDisk disk : disks) {
                all = all.plus(disk.element());
            }
            root = root.plus(all);
        }
        root = root.plus(shown(domain, secure));
        return inactive.isPresent() ? root.plus(shown(inactive.get(), secure).withName("inactiveDomain")) : root;
    }

    private static XmlElement shown(DomainDocument document, boolean secure) {
        return secure ? document.tree() : Secrets.without(document.tree());
    }
}
