package io.fairlead.core.snapshot.change;

import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.kit.error.ErrorDomain;

/**
 * Refusals about snapshots, in libvirt's words where it has them (conf/snapshot_conf.c, conf/virdomainmomentobjlist.c
 * of 9.0).
 */
public final class SnapshotRefusals {
    private SnapshotRefusals() {}

    public static EngineException none(String name) {
        return of(ErrorCode.NO_DOMAIN_SNAPSHOT, "no domain snapshot with matching name '%s'".formatted(name));
    }

    public static EngineException exists(String name) {
        return of(ErrorCode.OPERATION_FAILED, "domain moment %s already exists".formatted(name));
    }

    public static EngineException transientDomain(String name) {
        return of(
                ErrorCode.OPERATION_INVALID,
                "domain '%s' is transient: nobody could revert to its snapshots once it has ended".formatted(name));
    }

    public static EngineException memory(String where) {
        return unsupported(
                "%s snapshot of memory: only what lies on volumes can be kept of a container".formatted(where));
    }

    public static EngineException nothingToKeep(String name) {
        return unsupported("domain '%s' has no volume whose content is to be kept".formatted(name));
    }

    static EngineException lostRevert(String domain) {
        return invalid(
                ("a revert of domain '%s' was cut off, and the record of its snapshot is damaged or missing: its volumes may be a"
                                + " mixture; revert to another snapshot, or define the domain anew")
                        .formatted(domain));
    }

    static EngineException unsupported(String message) {
        return of(ErrorCode.CONFIG_UNSUPPORTED, message);
    }

    public static EngineException invalid(String message) {
        return of(ErrorCode.OPERATION_INVALID, message);
    }

    static EngineException argument(String message) {
        return of(ErrorCode.INVALID_ARG, message);
    }

    private static EngineException of(ErrorCode code, String message) {
        return new EngineException(code, ErrorDomain.DOMAIN_SNAPSHOT, message, null);
    }
}
