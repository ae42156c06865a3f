package io.fairlead.libvirt.procedure;

import io.fairlead.kit.error.ErrorDomain;
import io.fairlead.libvirt.error.Errors;
import io.fairlead.rpc.wire.RpcException;
import io.fairlead.xml.tree.XmlException;
import java.util.function.Supplier;

/** Reads documents that clients sent, so that a refusal names the origin that libvirt gives. */
public final class Documents {
    private Documents() {}

    /**
     * Parses a document of another kind than a domain. Refusals have the origin of domains where this is not used.
     *
     * @param origin the part of libvirt that reads such documents
     */
    public static <T> T read(ErrorDomain origin, Supplier<T> parser) {
        try {
            return parser.get();
        } catch (XmlException e) {
            throw new RpcException(Errors.document(e, origin), e);
        }
    }
}
