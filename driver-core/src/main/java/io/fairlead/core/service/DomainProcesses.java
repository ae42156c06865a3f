package io.fairlead.core.service;

import io.fairlead.core.backend.Backend;
import io.fairlead.core.backend.Exec;
import io.fairlead.core.backend.ExecSpec;
import io.fairlead.core.backend.GuestProcess;
import io.fairlead.core.backend.LogRange;
import io.fairlead.core.backend.OutputReader;
import io.fairlead.core.backend.Processes;
import io.fairlead.core.domain.Domain;
import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import java.util.List;

/**
 * The processes of running guests: starting one beside init, and looking at them. Nothing here changes the domain, so
 * no method waits for another change of it. Methods throw OPERATION_INVALID when the domain is off, starting or ending,
 * except {@link #log}.
 */
public final class DomainProcesses {
    private final Backend backend;

    DomainProcesses(Backend backend) {
        this.backend = backend;
    }

    /** As {@link Processes#exec(ExecSpec)}. */
    public Exec exec(Domain domain, ExecSpec spec) {
        return of(domain).exec(spec);
    }

    /** As {@link Processes#execAttached(ExecSpec)}. */
    public Processes.Attached execAttached(Domain domain, ExecSpec spec) {
        return of(domain).execAttached(spec);
    }

    /**
     * One of {@link #execs}.
     *
     * @throws EngineException INVALID_ARG if the domain has no such process, or no longer
     */
    public Exec exec(Domain domain, String id) {
        return of(domain)
                .exec(id)
                .orElseThrow(() -> new EngineException(
                        ErrorCode.INVALID_ARG,
                        "domain '%s' has no process '%s' that was started by exec"
                                .formatted(domain.status().name(), id)));
    }

    /** As {@link Processes#execs}. */
    public List<Exec> execs(Domain domain) {
        return of(domain).execs();
    }

    /** As {@link Processes#all}. */
    public List<GuestProcess> all(Domain domain) {
        return of(domain).all();
    }

    /**
     * What the domain has written in its present or its last run. Works for a domain in any state.
     *
     * @param follow whether the reader also gets the output that comes later, until the domain's guest ends
     */
    public OutputReader log(Domain domain, LogRange range, boolean follow) {
        return backend.log(domain.uuid(), range, follow);
    }

    private static Processes of(Domain domain) {
        return domain.guestLife().guest().processes();
    }
}
