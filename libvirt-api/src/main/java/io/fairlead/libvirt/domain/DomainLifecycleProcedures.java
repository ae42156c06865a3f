package io.fairlead.libvirt.domain;

import static io.fairlead.rpc.protocol.DomainLifecycleCalls.DOMAIN_CREATE;
import static io.fairlead.rpc.protocol.DomainLifecycleCalls.DOMAIN_CREATE_WITH_FILES;
import static io.fairlead.rpc.protocol.DomainLifecycleCalls.DOMAIN_CREATE_WITH_FLAGS;
import static io.fairlead.rpc.protocol.DomainLifecycleCalls.DOMAIN_CREATE_XML;
import static io.fairlead.rpc.protocol.DomainLifecycleCalls.DOMAIN_CREATE_XML_WITH_FILES;
import static io.fairlead.rpc.protocol.DomainLifecycleCalls.DOMAIN_DESTROY;
import static io.fairlead.rpc.protocol.DomainLifecycleCalls.DOMAIN_DESTROY_FLAGS;
import static io.fairlead.rpc.protocol.DomainLifecycleCalls.DOMAIN_REBOOT;
import static io.fairlead.rpc.protocol.DomainLifecycleCalls.DOMAIN_RESET;
import static io.fairlead.rpc.protocol.DomainLifecycleCalls.DOMAIN_RESUME;
import static io.fairlead.rpc.protocol.DomainLifecycleCalls.DOMAIN_SHUTDOWN;
import static io.fairlead.rpc.protocol.DomainLifecycleCalls.DOMAIN_SHUTDOWN_FLAGS;
import static io.fairlead.rpc.protocol.DomainLifecycleCalls.DOMAIN_SUSPEND;

import io.fairlead.core.backend.ShutdownWay;
import io.fairlead.core.domain.Domain;
import io.fairlead.core.domain.StartOptions;
import io.fairlead.core.service.DomainLifecycle;
import io.fairlead.libvirt.procedure.Flags;
import io.fairlead.libvirt.procedure.Table;
import io.fairlead.rpc.protocol.DomainLifecycleCalls.DomainCreateWithFilesArgs;
import io.fairlead.rpc.protocol.DomainRef;
import io.fairlead.rpc.server.Call;
import io.fairlead.rpc.wire.PassedFd;
import java.util.List;

/** Starting and stopping. */
final class DomainLifecycleProcedures {
    private static final int START_PAUSED = 1;
    private static final int START_AUTODESTROY = 2;
    private static final int START_VALIDATE = 16;
    private static final int BY_INITCTL = 4;
    private static final int BY_SIGNAL = 8;

    private final Domains domains;
    private final DomainLifecycle lifecycle;

    DomainLifecycleProcedures(Domains domains, DomainLifecycle lifecycle) {
        this.domains = domains;
        this.lifecycle = lifecycle;
    }

    void addTo(Table table) {
        addStarts(table);
        addStops(table);
        table.action(DOMAIN_SUSPEND, (call, dom) -> lifecycle.suspend(domains.get(dom)));
        table.action(DOMAIN_RESUME, (call, dom) -> lifecycle.resume(domains.get(dom)));
    }

    private void addStarts(Table table) {
        table.action(DOMAIN_CREATE, (call, dom) -> lifecycle.start(domains.get(dom), options(call, 0)));
        table.worker(
                DOMAIN_CREATE_WITH_FLAGS,
                (call, args) -> start("virDomainCreateWithFlags", call, args.dom(), args.flags()));
        table.worker(DOMAIN_CREATE_WITH_FILES, this::startWithFiles);
        table.worker(
                DOMAIN_CREATE_XML, (call, args) -> create("virDomainCreateXML", call, args.xmlDesc(), args.flags()));
        table.worker(
                DOMAIN_CREATE_XML_WITH_FILES,
                (call, args) -> create("virDomainCreateXMLWithFiles", call, args.xmlDesc(), args.flags()));
    }

    private DomainRef startWithFiles(Call call, DomainCreateWithFilesArgs args) {
        return start("virDomainCreateWithFiles", call, args.dom(), args.flags());
    }

    private DomainRef start(String function, Call call, DomainRef ref, int flags) {
        Flags.check(function, flags, START_PAUSED | START_AUTODESTROY);
        Domain domain = domains.get(ref);
        lifecycle.start(domain, options(call, flags));
        return Domains.ref(domain);
    }

    private DomainRef create(String function, Call call, String xml, int flags) {
        Flags.check(function, flags, START_PAUSED | START_AUTODESTROY | START_VALIDATE);
        return Domains.ref(
                lifecycle.create(DomainXml.parse(xml, Flags.has(flags, START_VALIDATE)), options(call, flags)));
    }

    /** The server closes its copies of the files after the reply. */
    private static StartOptions options(Call call, int flags) {
        List<Integer> files = call.receivedFds().stream().map(PassedFd::number).toList();
        return new StartOptions(
                Flags.has(flags, START_PAUSED), Flags.has(flags, START_AUTODESTROY), call.connection(), files);
    }

    private void addStops(Table table) {
        table.action(DOMAIN_SHUTDOWN, (call, dom) -> lifecycle.shutdown(domains.get(dom), ShutdownWay.AUTO));
        table.action(
                DOMAIN_SHUTDOWN_FLAGS,
                (call, args) ->
                        lifecycle.shutdown(domains.get(args.dom()), way("virDomainShutdownFlags", args.flags())));
        table.action(
                DOMAIN_REBOOT,
                (call, args) -> lifecycle.reboot(domains.get(args.dom()), way("virDomainReboot", args.flags())));
        table.action(DOMAIN_RESET, (call, args) -> {
            Flags.none("virDomainReset", args.flags());
            lifecycle.reset(domains.get(args.dom()));
        });
        table.urgent(DOMAIN_DESTROY, (call, dom) -> lifecycle.destroy(domains.get(dom)));
        table.urgent(DOMAIN_DESTROY_FLAGS, (call, args) -> {
            // The only flag, graceful, promises never to kill. A client that wants that can ask for a shutdown.
            Flags.none("virDomainDestroyFlags", args.flags());
            lifecycle.destroy(domains.get(args.dom()));
        });
    }

    /** The flags of shutdown and of reboot have the same numbers. Naming both ways is the same as naming none. */
    private static ShutdownWay way(String function, int flags) {
        Flags.check(function, flags, BY_INITCTL | BY_SIGNAL);
        return switch (flags) {
            case BY_INITCTL -> ShutdownWay.INITCTL;
            case BY_SIGNAL -> ShutdownWay.SIGNAL;
            default -> ShutdownWay.AUTO;
        };
    }
}
