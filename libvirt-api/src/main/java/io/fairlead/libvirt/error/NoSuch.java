package io.fairlead.libvirt.error;

import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.kit.error.ErrorDomain;
import java.util.UUID;

/**
 * Errors for a missing object, of kinds that do not exist here yet. Clients branch on code and domain, and show the
 * text. The text is that of libvirt's own driver for the kind.
 */
public final class NoSuch {
    private NoSuch() {}

    public static EngineException network(String by, Object value) {
        return matching(ErrorCode.NO_NETWORK, ErrorDomain.NETWORK, "network", by, value);
    }

    public static EngineException storagePool(String by, Object value) {
        return matching(ErrorCode.NO_STORAGE_POOL, ErrorDomain.STORAGE, "storage pool", by, value);
    }

    public static EngineException nodeDevice(String name) {
        return matching(ErrorCode.NO_NODE_DEVICE, ErrorDomain.NODE_DEVICE, "node device", "name", name);
    }

    public static EngineException hostInterface(String text) {
        return new EngineException(
                ErrorCode.NO_INTERFACE, ErrorDomain.INTERFACE, "couldn't find interface %s".formatted(text), null);
    }

    public static EngineException hostInterfaceNamed(String name) {
        return hostInterface("named '%s'".formatted(name));
    }

    public static EngineException nwFilter(String by, Object value) {
        return matching(ErrorCode.NO_NWFILTER, ErrorDomain.NWFILTER, "nwfilter", by, value);
    }

    public static EngineException secret(UUID uuid) {
        return matching(ErrorCode.NO_SECRET, ErrorDomain.SECRET, "secret", "uuid", uuid);
    }

    public static EngineException secretForUsage(String usage) {
        return matching(ErrorCode.NO_SECRET, ErrorDomain.SECRET, "secret", "usage", usage);
    }

    public static EngineException snapshot(String name) {
        return new EngineException(
                ErrorCode.NO_DOMAIN_SNAPSHOT,
                ErrorDomain.DOMAIN_SNAPSHOT,
                "no domain snapshot with matching name '%s'".formatted(name),
                null);
    }

    private static EngineException matching(ErrorCode code, ErrorDomain domain, String kind, String by, Object value) {
        return new EngineException(code, domain, "no %s with matching %s '%s'".formatted(kind, by, value), null);
    }
}
