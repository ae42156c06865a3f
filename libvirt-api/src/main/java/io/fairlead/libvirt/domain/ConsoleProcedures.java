package io.fairlead.libvirt.domain;

import static io.fairlead.rpc.protocol.DomainGuestCalls.DOMAIN_OPEN_CONSOLE;

import io.fairlead.core.backend.ConsoleMode;
import io.fairlead.core.backend.ConsoleSession;
import io.fairlead.core.service.DomainGuests;
import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.kit.thread.DaemonThreads;
import io.fairlead.libvirt.procedure.Flags;
import io.fairlead.libvirt.procedure.Table;
import io.fairlead.rpc.protocol.DomainGuestCalls.DomainOpenConsoleArgs;
import io.fairlead.rpc.server.Call;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/** Opening a guest's console as a stream. */
final class ConsoleProcedures {
    private static final String FUNCTION = "virDomainOpenConsole";
    private static final int FORCE = 1;
    private static final int SAFE = 2;
    /** Most consoles that may be open at once. Each needs up to two threads while it carries bytes. */
    private static final int OPEN_MAX = 1000;

    private final Domains domains;
    private final DomainGuests guests;
    private final Semaphore free = new Semaphore(OPEN_MAX);
    private final Executor threads = Executors.newCachedThreadPool(DaemonThreads.numbered("console"));

    ConsoleProcedures(Domains domains, DomainGuests guests) {
        this.domains = domains;
        this.guests = guests;
    }

    void addTo(Table table) {
        table.worker(DOMAIN_OPEN_CONSOLE, this::open);
    }

    private Void open(Call call, DomainOpenConsoleArgs args) {
        ConsoleMode mode = mode(args.flags());
        if (!free.tryAcquire()) {
            throw new EngineException(
                    ErrorCode.RESOURCE_BUSY, "cannot open more than %d consoles at once".formatted(OPEN_MAX));
        }
        try {
            connect(call, guests.openConsole(domains.getActive(args.dom()), args.devName(), mode));
        } catch (RuntimeException e) {
            free.release();
            throw e;
        }
        return null;
    }

    private void connect(Call call, ConsoleSession console) {
        ConsolePump pump = new ConsolePump(console, threads, free::release);
        try {
            pump.start(call.openStream(pump, false));
        } catch (RuntimeException e) {
            console.close();
            throw e;
        }
    }

    private static ConsoleMode mode(int flags) {
        Flags.check(FUNCTION, flags, FORCE | SAFE);
        if (Flags.has(flags, FORCE)) {
            return ConsoleMode.FORCE;
        }
        return Flags.has(flags, SAFE) ? ConsoleMode.EXCLUSIVE : ConsoleMode.SHARED;
    }
}
