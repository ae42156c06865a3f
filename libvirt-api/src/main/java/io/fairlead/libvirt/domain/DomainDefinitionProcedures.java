package io.fairlead.libvirt.domain;

import static io.fairlead.rpc.protocol.DomainDefinitionCalls.CONNECT_DOMAIN_XML_FROM_NATIVE;
import static io.fairlead.rpc.protocol.DomainDefinitionCalls.CONNECT_DOMAIN_XML_TO_NATIVE;
import static io.fairlead.rpc.protocol.DomainDefinitionCalls.DOMAIN_DEFINE_XML;
import static io.fairlead.rpc.protocol.DomainDefinitionCalls.DOMAIN_DEFINE_XML_FLAGS;
import static io.fairlead.rpc.protocol.DomainDefinitionCalls.DOMAIN_GET_AUTOSTART;
import static io.fairlead.rpc.protocol.DomainDefinitionCalls.DOMAIN_GET_XML_DESC;
import static io.fairlead.rpc.protocol.DomainDefinitionCalls.DOMAIN_RENAME;
import static io.fairlead.rpc.protocol.DomainDefinitionCalls.DOMAIN_SET_AUTOSTART;
import static io.fairlead.rpc.protocol.DomainDefinitionCalls.DOMAIN_SET_LIFECYCLE_ACTION;
import static io.fairlead.rpc.protocol.DomainDefinitionCalls.DOMAIN_UNDEFINE;
import static io.fairlead.rpc.protocol.DomainDefinitionCalls.DOMAIN_UNDEFINE_FLAGS;

import io.fairlead.core.service.DomainDefinitions;
import io.fairlead.core.service.DomainGuests;
import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.libvirt.error.Errors;
import io.fairlead.libvirt.number.DefinitionNumbers;
import io.fairlead.libvirt.procedure.Flags;
import io.fairlead.libvirt.procedure.Table;
import io.fairlead.rpc.protocol.DomainDefinitionCalls.DomainGetAutostartRet;
import io.fairlead.rpc.protocol.DomainDefinitionCalls.DomainGetXmlDescArgs;
import io.fairlead.rpc.protocol.DomainDefinitionCalls.DomainGetXmlDescRet;
import io.fairlead.rpc.protocol.DomainDefinitionCalls.DomainRenameArgs;
import io.fairlead.rpc.protocol.DomainDefinitionCalls.DomainRenameRet;
import io.fairlead.rpc.protocol.DomainDefinitionCalls.DomainSetLifecycleActionArgs;
import io.fairlead.rpc.server.Call;
import io.fairlead.xml.domain.XmlFlags;

/** Definitions: making, showing, changing and removing them. Metadata has a class of its own. */
final class DomainDefinitionProcedures {
    private static final int DEFINE_VALIDATE = 1;
    private static final int XML_SECURE = 1;
    private static final int XML_INACTIVE = 2;
    private static final int XML_MIGRATABLE = 8;

    private static final int UNDEFINE_SNAPSHOTS_METADATA = 2;

    /**
     * Flags in addition to the snapshots': managed save, checkpoint metadata, NVRAM, TPM state. A container has none of
     * them, so that removing or keeping them with the definition needs no work.
     */
    private static final int UNDEFINE_ALL = 0x7f;

    private final Domains domains;
    private final DomainDefinitions definitions;
    private final DomainGuests guests;

    DomainDefinitionProcedures(Domains domains, DomainDefinitions definitions, DomainGuests guests) {
        this.domains = domains;
        this.definitions = definitions;
        this.guests = guests;
    }

    void addTo(Table table) {
        table.worker(
                DOMAIN_DEFINE_XML, (call, args) -> Domains.ref(definitions.define(DomainXml.parse(args.xml(), false))));
        table.worker(DOMAIN_DEFINE_XML_FLAGS, (call, args) -> {
            Flags.check("virDomainDefineXMLFlags", args.flags(), DEFINE_VALIDATE);
            boolean validate = Flags.has(args.flags(), DEFINE_VALIDATE);
            return Domains.ref(definitions.define(DomainXml.parse(args.xml(), validate)));
        });
        table.action(DOMAIN_UNDEFINE, (call, dom) -> definitions.undefine(domains.get(dom), false));
        table.action(DOMAIN_UNDEFINE_FLAGS, (call, args) -> {
            Flags.check("virDomainUndefineFlags", args.flags(), UNDEFINE_ALL);
            definitions.undefine(domains.get(args.dom()), Flags.has(args.flags(), UNDEFINE_SNAPSHOTS_METADATA));
        });
        table.inline(DOMAIN_GET_XML_DESC, this::xml);
        table.inline(
                DOMAIN_GET_AUTOSTART,
                (call, dom) -> new DomainGetAutostartRet(domains.status(dom).autostart() ? 1 : 0));
        table.action(
                DOMAIN_SET_AUTOSTART,
                (call, args) -> definitions.setAutostart(domains.get(args.dom()), args.autostart() != 0));
        table.worker(DOMAIN_RENAME, (call, args) -> rename(args));
        table.action(DOMAIN_SET_LIFECYCLE_ACTION, (call, args) -> setLifecycleAction(args));
        table.worker(CONNECT_DOMAIN_XML_FROM_NATIVE, (call, args) -> NativeConfig.toXml(args));
        table.worker(CONNECT_DOMAIN_XML_TO_NATIVE, (call, args) -> NativeConfig.fromXml(args));
    }

    private DomainGetXmlDescRet xml(Call call, DomainGetXmlDescArgs args) {
        int flags = args.flags();
        if (call.connection().readOnly() && Flags.has(flags, XML_SECURE | XML_MIGRATABLE)) {
            throw Errors.readOnly("virDomainGetXMLDesc with secure flag");
        }
        Flags.check("virDomainGetXMLDesc", flags, XML_SECURE | XML_INACTIVE | XML_MIGRATABLE);
        return new DomainGetXmlDescRet(guests.xml(
                domains.get(args.dom()), new XmlFlags(Flags.has(flags, XML_SECURE), Flags.has(flags, XML_INACTIVE))));
    }

    private DomainRenameRet rename(DomainRenameArgs args) {
        Flags.none("virDomainRename", args.flags());
        if (args.newName() == null) {
            throw Errors.argument("virDomainRename", "new_name", "new_name in virDomainRename must not be NULL");
        }
        definitions.rename(domains.get(args.dom()), args.newName());
        return new DomainRenameRet(0);
    }

    private void setLifecycleAction(DomainSetLifecycleActionArgs args) {
        Flags.check("virDomainSetLifecycleAction", args.flags(), Flags.AFFECT_BOTH);
        definitions.setLifecycleAction(
                domains.get(args.dom()),
                DefinitionNumbers.lifecycleEvent(args.type()).orElseThrow(() -> invalid("lifecycle type", args.type())),
                DefinitionNumbers.lifecycleAction(args.action())
                        .orElseThrow(() -> invalid("lifecycle action", args.action())),
                Domains.affect(args.flags()));
    }

    private static EngineException invalid(String what, int number) {
        return new EngineException(ErrorCode.INVALID_ARG, "invalid %s %d".formatted(what, number));
    }
}
