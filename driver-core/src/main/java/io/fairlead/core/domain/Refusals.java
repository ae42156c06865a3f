package io.fairlead.core.domain;

import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.kit.error.ErrorDomain;
import java.util.UUID;

/**
 * Refusals whose code, domain and words are libvirt's own, since clients branch on them (conf/virdomainobjlist.c,
 * conf/domain_conf.c and lxc/lxc_driver.c of 9.0). Each API adds the text that libvirt puts in front of them.
 */
public final class Refusals {
    private Refusals() {}

    public static EngineException notRunning() {
        return invalid("domain is not running");
    }

    /** OPERATION_INVALID in the form of libvirt's driver-independent code. */
    public static EngineException invalid(String message) {
        return new EngineException(ErrorCode.OPERATION_INVALID, ErrorDomain.DOMAIN, message, null);
    }

    static EngineException definedWithUuid(String name, UUID uuid) {
        return failed("domain '%s' is already defined with uuid %s".formatted(name, uuid));
    }

    static EngineException existsWithUuid(String name, UUID uuid) {
        return failed("domain '%s' already exists with uuid %s".formatted(name, uuid));
    }

    public static EngineException active(String name) {
        return invalid("domain '%s' is already active".formatted(name));
    }

    public static EngineException noUuid(UUID uuid) {
        return noDomain("No domain with matching uuid '%s'".formatted(uuid));
    }

    /**
     * Since the caller found the domain, it may have left: a transient one by ending, an inactive one by being
     * undefined.
     */
    public static void requirePresent(DomainStatus status) {
        if (status.current() == null) {
            throw noUuid(status.uuid());
        }
    }

    static EngineException noName(String name) {
        return noDomain("No domain with matching name '%s'".formatted(name));
    }

    static EngineException noId(int id) {
        return noDomain("No domain with matching id %d".formatted(id));
    }

    private static EngineException noDomain(String message) {
        return new EngineException(ErrorCode.NO_DOMAIN, message);
    }

    private static EngineException failed(String message) {
        return new EngineException(ErrorCode.OPERATION_FAILED, ErrorDomain.DOMAIN, message, null);
    }
}
