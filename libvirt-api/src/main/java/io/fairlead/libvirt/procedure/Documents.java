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
     * For documents that are not of domains: a refusal without further word comes from those.
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
