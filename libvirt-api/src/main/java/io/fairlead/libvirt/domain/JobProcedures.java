package io.fairlead.libvirt.domain;

import static io.fairlead.rpc.protocol.DomainStateCalls.DOMAIN_ABORT_JOB;
import static io.fairlead.rpc.protocol.DomainStateCalls.DOMAIN_ABORT_JOB_FLAGS;
import static io.fairlead.rpc.protocol.DomainStateCalls.DOMAIN_GET_JOB_INFO;
import static io.fairlead.rpc.protocol.DomainStateCalls.DOMAIN_GET_JOB_STATS;

import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.kit.error.ErrorDomain;
import io.fairlead.libvirt.procedure.Flags;
import io.fairlead.libvirt.procedure.Table;
import io.fairlead.rpc.protocol.DomainRef;
import io.fairlead.rpc.protocol.DomainStateCalls.DomainGetJobInfoRet;
import io.fairlead.rpc.protocol.DomainStateCalls.DomainGetJobStatsRet;
import java.util.List;

/** Long jobs with progress, such as a migration. There are none yet; clients get that answer. */
final class JobProcedures {
    private static final int NONE = 0;
    private static final int STATS_COMPLETED = 1;
    private static final int STATS_KEEP_COMPLETED = 2;
    private static final int ABORT_POSTCOPY = 1;

    private final Domains domains;

    JobProcedures(Domains domains) {
        this.domains = domains;
    }

    void addTo(Table table) {
        table.inline(DOMAIN_GET_JOB_INFO, (call, dom) -> {
            domains.get(dom);
            return new DomainGetJobInfoRet(NONE, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        });
        table.inline(DOMAIN_GET_JOB_STATS, (call, args) -> {
            Flags.check("virDomainGetJobStats", args.flags(), STATS_COMPLETED | STATS_KEEP_COMPLETED);
            domains.get(args.dom());
            return new DomainGetJobStatsRet(NONE, List.of());
        });
        table.inline(DOMAIN_ABORT_JOB, (call, dom) -> abort(dom));
        table.inline(DOMAIN_ABORT_JOB_FLAGS, (call, args) -> {
            Flags.check("virDomainAbortJobFlags", args.flags(), ABORT_POSTCOPY);
            return abort(args.dom());
        });
    }

    private Void abort(DomainRef dom) {
        domains.getActive(dom);
        throw new EngineException(
                ErrorCode.OPERATION_INVALID, ErrorDomain.DOMAIN, "no job is active on the domain", null);
    }
}
