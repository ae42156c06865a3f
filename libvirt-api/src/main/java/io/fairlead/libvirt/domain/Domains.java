package io.fairlead.libvirt.domain;

import io.fairlead.core.domain.Affect;
import io.fairlead.core.domain.Domain;
import io.fairlead.core.domain.DomainRegistry;
import io.fairlead.core.domain.DomainStatus;
import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.kit.error.ErrorDomain;
import io.fairlead.libvirt.procedure.Flags;
import io.fairlead.rpc.protocol.DomainRef;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Converts between domains on the wire and the engine's domains. */
public final class Domains {
    private static final Pattern UUID_TEXT = Pattern.compile("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final DomainRegistry registry;

    public Domains(DomainRegistry registry) {
        this.registry = registry;
    }

    /** Looks up by uuid: the client's name for the domain may be older than a rename. */
    public Domain get(DomainRef ref) {
        return registry.find(ref.uuid())
                .orElseThrow(() -> new EngineException(
                        ErrorCode.NO_DOMAIN,
                        "no domain with matching uuid '%s' (%s)".formatted(ref.uuid(), ref.name())));
    }

    /** Looks up by the uuid or, if the text is none or no domain has it, by the name. */
    public Domain named(String text) {
        Optional<Domain> found = Optional.empty();
        if (UUID_TEXT.matcher(text).matches()) {
            found = registry.find(UUID.fromString(text));
        }
        return found.orElseGet(() -> registry.get(text));
    }

    DomainStatus status(DomainRef ref) {
        return get(ref).status();
    }

    Domain getActive(DomainRef ref) {
        Domain domain = get(ref);
        requireActive(domain.status());
        return domain;
    }

    static void requireActive(DomainStatus status) {
        if (!status.active()) {
            throw new EngineException(ErrorCode.OPERATION_INVALID, ErrorDomain.DOMAIN, "domain is not running", null);
        }
    }

    public static DomainRef ref(Domain domain) {
        return ref(domain.status());
    }

    static DomainRef ref(DomainStatus status) {
        return new DomainRef(status.name(), status.uuid(), status.id());
    }

    /** The definition that the two lowest bits name. */
    static Affect affect(int flags) {
        return switch (flags & Flags.AFFECT_BOTH) {
            case Flags.AFFECT_LIVE -> Affect.LIVE;
            case Flags.AFFECT_CONFIG -> Affect.CONFIG;
            case Flags.AFFECT_BOTH -> Affect.LIVE_AND_CONFIG;
            default -> Affect.CURRENT;
        };
    }
}
