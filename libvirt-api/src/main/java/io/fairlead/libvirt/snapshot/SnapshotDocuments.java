package io.fairlead.libvirt.snapshot;

import io.fairlead.kit.error.ErrorDomain;
import io.fairlead.libvirt.procedure.Documents;
import io.fairlead.xml.schema.LibvirtSchemas;
import io.fairlead.xml.snapshot.SnapshotDocument;
import io.fairlead.xml.snapshot.SnapshotRequest;
import java.util.function.Function;

/** Parses documents of snapshots that clients sent. */
final class SnapshotDocuments {
    private static final LibvirtSchemas SCHEMAS = new LibvirtSchemas(LibvirtSchemas.DIRECTORY);

    private SnapshotDocuments() {}

    /**
     * A wish for a new snapshot.
     *
     * @param validate whether the client wants the schema checked, too
     */
    static SnapshotRequest request(String xml, boolean validate) {
        return read(xml, validate, SnapshotRequest::parse);
    }

    /**
     * A snapshot that is to be known again.
     *
     * @param validate whether the client wants the schema checked, too
     */
    static SnapshotDocument redefined(String xml, boolean validate) {
        return read(xml, validate, SnapshotDocument::parse);
    }

    private static <T> T read(String xml, boolean validate, Function<String, T> parser) {
        return Documents.read(ErrorDomain.DOMAIN_SNAPSHOT, () -> {
            if (validate) {
                SCHEMAS.validate("domainsnapshot.rng", "domain_snapshot", xml);
            }
            return parser.apply(xml);
        });
    }
}
