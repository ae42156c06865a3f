package io.fairlead.libvirt.domain;

import static io.fairlead.rpc.protocol.DomainStateCalls.DOMAIN_GET_CONTROL_INFO;
import static io.fairlead.rpc.protocol.DomainStateCalls.DOMAIN_GET_HOSTNAME;
import static io.fairlead.rpc.protocol.DomainStateCalls.DOMAIN_GET_INFO;
import static io.fairlead.rpc.protocol.DomainStateCalls.DOMAIN_GET_MESSAGES;
import static io.fairlead.rpc.protocol.DomainStateCalls.DOMAIN_GET_OS_TYPE;
import static io.fairlead.rpc.protocol.DomainStateCalls.DOMAIN_GET_SECURITY_LABEL;
import static io.fairlead.rpc.protocol.DomainStateCalls.DOMAIN_GET_SECURITY_LABEL_LIST;
import static io.fairlead.rpc.protocol.DomainStateCalls.DOMAIN_GET_STATE;
import static io.fairlead.rpc.protocol.DomainStateCalls.DOMAIN_IS_ACTIVE;
import static io.fairlead.rpc.protocol.DomainStateCalls.DOMAIN_IS_PERSISTENT;
import static io.fairlead.rpc.protocol.DomainStateCalls.DOMAIN_IS_UPDATED;
import static io.fairlead.rpc.protocol.DomainTuningCalls.DOMAIN_GET_MAX_MEMORY;

import io.fairlead.core.domain.Domain;
import io.fairlead.core.domain.DomainStatus;
import io.fairlead.core.domain.DomainUsage;
import io.fairlead.core.service.DomainGuests;
import io.fairlead.libvirt.error.Errors;
import io.fairlead.libvirt.number.DomainStateNumbers;
import io.fairlead.libvirt.procedure.Flags;
import io.fairlead.libvirt.procedure.Table;
import io.fairlead.rpc.protocol.DomainRef;
import io.fairlead.rpc.protocol.DomainStateCalls.DomainGetControlInfoArgs;
import io.fairlead.rpc.protocol.DomainStateCalls.DomainGetControlInfoRet;
import io.fairlead.rpc.protocol.DomainStateCalls.DomainGetHostnameArgs;
import io.fairlead.rpc.protocol.DomainStateCalls.DomainGetHostnameRet;
import io.fairlead.rpc.protocol.DomainStateCalls.DomainGetInfoRet;
import io.fairlead.rpc.protocol.DomainStateCalls.DomainGetMessagesArgs;
import io.fairlead.rpc.protocol.DomainStateCalls.DomainGetMessagesRet;
import io.fairlead.rpc.protocol.DomainStateCalls.DomainGetOsTypeRet;
import io.fairlead.rpc.protocol.DomainStateCalls.DomainGetSecurityLabelListRet;
import io.fairlead.rpc.protocol.DomainStateCalls.DomainGetSecurityLabelRet;
import io.fairlead.rpc.protocol.DomainStateCalls.DomainGetStateArgs;
import io.fairlead.rpc.protocol.DomainStateCalls.DomainGetStateRet;
import io.fairlead.rpc.protocol.DomainStateCalls.DomainIsActiveRet;
import io.fairlead.rpc.protocol.DomainStateCalls.DomainIsPersistentRet;
import io.fairlead.rpc.protocol.DomainStateCalls.DomainIsUpdatedRet;
import io.fairlead.rpc.protocol.DomainTuningCalls.DomainGetMaxMemoryRet;
import java.util.List;

/** The state of a domain. Changes nothing. */
final class DomainStateProcedures {
    private static final int HOSTNAME_FROM_LEASE = 1;
    private static final int MESSAGES_DEPRECATION = 1;
    private static final int MESSAGES_TAINTING = 2;
    private static final int CONTROL_OK = 0;

    private final Domains domains;
    private final DomainGuests guests;

    DomainStateProcedures(Domains domains, DomainGuests guests) {
        this.domains = domains;
        this.guests = guests;
    }

    void addTo(Table table) {
        table.inline(DOMAIN_GET_STATE, (call, args) -> state(args));
        table.inline(
                DOMAIN_IS_ACTIVE,
                (call, dom) -> new DomainIsActiveRet(domains.status(dom).active() ? 1 : 0));
        table.inline(
                DOMAIN_IS_PERSISTENT,
                (call, dom) -> new DomainIsPersistentRet(domains.status(dom).persistent() ? 1 : 0));
        table.inline(
                DOMAIN_IS_UPDATED,
                (call, dom) -> new DomainIsUpdatedRet(domains.status(dom).updated() ? 1 : 0));
        // Inline, although it asks the kernel for two counters of the guest's own cgroup. The way to a worker and back
        // took twice as long as all the rest (0.12 ms a call, 0.04 without). A client that watches its domains makes
        // this call most often.
        table.inline(DOMAIN_GET_INFO, (call, dom) -> info(dom));
        table.worker(
                DOMAIN_GET_MAX_MEMORY,
                (call, dom) ->
                        new DomainGetMaxMemoryRet(guests.usage(domains.get(dom)).maxMemoryBytes() / 1024));
        table.inline(DOMAIN_GET_OS_TYPE, (call, dom) -> osType(dom));
        table.inline(DOMAIN_GET_HOSTNAME, (call, args) -> hostname(args));
        table.inline(DOMAIN_GET_MESSAGES, (call, args) -> messages(args));
        table.inline(DOMAIN_GET_CONTROL_INFO, (call, args) -> controlInfo(args));
        addSecurityLabels(table);
    }

    /**
     * No security module labels the guests, so their label is empty, as in libvirt's own driver without such a module.
     */
    private void addSecurityLabels(Table table) {
        table.inline(DOMAIN_GET_SECURITY_LABEL, (call, dom) -> {
            domains.get(dom);
            return new DomainGetSecurityLabelRet("", 0);
        });
        table.inline(DOMAIN_GET_SECURITY_LABEL_LIST, (call, dom) -> {
            domains.get(dom);
            return new DomainGetSecurityLabelListRet(List.of(), 0);
        });
    }

    private DomainGetStateRet state(DomainGetStateArgs args) {
        Flags.none("virDomainGetState", args.flags());
        DomainStatus status = domains.status(args.dom());
        return new DomainGetStateRet(
                DomainStateNumbers.state(status.state()), DomainStateNumbers.reason(status.state()));
    }

    private DomainGetInfoRet info(DomainRef ref) {
        Domain domain = domains.get(ref);
        DomainStatus status = domain.status(); // read once: state and figures are of the same moment
        DomainUsage usage = guests.usage(domain, status);
        return new DomainGetInfoRet(
                DomainStateNumbers.state(status.state()),
                usage.maxMemoryBytes() / 1024,
                usage.memoryBytes() / 1024,
                usage.vcpus(),
                usage.cpuTimeNanos());
    }

    private DomainGetOsTypeRet osType(DomainRef ref) {
        domains.get(ref);
        return new DomainGetOsTypeRet("exe"); // the only one that a definition of type lxc may have
    }

    private DomainGetHostnameRet hostname(DomainGetHostnameArgs args) {
        Flags.check("virDomainGetHostname", args.flags(), HOSTNAME_FROM_LEASE);
        DomainStatus status = domains.status(args.dom());
        Domains.requireActive(status);
        String hostname = Hostnames.of(status.name());
        if (Flags.has(args.flags(), HOSTNAME_FROM_LEASE) || hostname.isEmpty()) {
            throw Errors.noHostname(status.name());
        }
        return new DomainGetHostnameRet(hostname);
    }

    private DomainGetMessagesRet messages(DomainGetMessagesArgs args) {
        Flags.check("virDomainGetMessages", args.flags(), MESSAGES_DEPRECATION | MESSAGES_TAINTING);
        DomainStatus status = domains.status(args.dom());
        // Guests here are of neither of the two kinds that a client can select.
        return new DomainGetMessagesRet(args.flags() == 0 ? status.messages() : List.of());
    }

    private DomainGetControlInfoRet controlInfo(DomainGetControlInfoArgs args) {
        Flags.none("virDomainGetControlInfo", args.flags());
        domains.getActive(args.dom());
        return new DomainGetControlInfoRet(CONTROL_OK, 0, 0);
    }
}
