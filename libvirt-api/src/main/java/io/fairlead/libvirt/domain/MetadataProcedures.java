package io.fairlead.libvirt.domain;

import static io.fairlead.rpc.protocol.DomainDefinitionCalls.DOMAIN_GET_METADATA;
import static io.fairlead.rpc.protocol.DomainDefinitionCalls.DOMAIN_SET_METADATA;

import io.fairlead.core.service.DomainDefinitions;
import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.kit.error.ErrorDomain;
import io.fairlead.libvirt.error.Errors;
import io.fairlead.libvirt.number.DefinitionNumbers;
import io.fairlead.libvirt.procedure.Flags;
import io.fairlead.libvirt.procedure.Table;
import io.fairlead.rpc.protocol.DomainDefinitionCalls.DomainGetMetadataArgs;
import io.fairlead.rpc.protocol.DomainDefinitionCalls.DomainGetMetadataRet;
import io.fairlead.rpc.protocol.DomainDefinitionCalls.DomainSetMetadataArgs;
import io.fairlead.xml.domain.MetadataKind;

/** Title, description and clients' own elements. The checks are those of libvirt's public entry points. */
final class MetadataProcedures {
    private static final String GET = "virDomainGetMetadata";
    private static final String SET = "virDomainSetMetadata";

    private final Domains domains;
    private final DomainDefinitions definitions;

    MetadataProcedures(Domains domains, DomainDefinitions definitions) {
        this.domains = domains;
        this.definitions = definitions;
    }

    void addTo(Table table) {
        table.inline(DOMAIN_GET_METADATA, (call, args) -> get(args));
        table.action(DOMAIN_SET_METADATA, (call, args) -> set(args));
    }

    private DomainGetMetadataRet get(DomainGetMetadataArgs args) {
        Flags.check(GET, args.flags(), Flags.AFFECT_BOTH);
        MetadataKind kind = kind(args.type());
        requireNull(GET, "uri", args.uri(), kind != MetadataKind.ELEMENT);
        return new DomainGetMetadataRet(
                definitions.metadata(domains.get(args.dom()), kind, args.uri(), Domains.affect(args.flags())));
    }

    private void set(DomainSetMetadataArgs args) {
        Flags.check(SET, args.flags(), Flags.AFFECT_BOTH);
        MetadataKind kind = kind(args.type());
        boolean element = kind == MetadataKind.ELEMENT;
        if (kind == MetadataKind.TITLE
                && args.metadata() != null
                && args.metadata().indexOf('\n') >= 0) {
            throw Errors.argument(SET, "metadata", "metadata title can't contain newlines");
        }
        requireNull(SET, "uri", args.uri(), !element);
        if (!element || args.metadata() != null) { // removing an element needs no key
            requireNull(SET, "key", args.key(), !element);
        }
        definitions.setMetadata(
                domains.get(args.dom()), kind, args.metadata(), args.key(), args.uri(), Domains.affect(args.flags()));
    }

    private static MetadataKind kind(int type) {
        return DefinitionNumbers.metadataKind(type)
                .orElseThrow(() -> new EngineException(
                        ErrorCode.INVALID_ARG, ErrorDomain.DOMAIN, "unknown metadata type '%d'".formatted(type), null));
    }

    private static void requireNull(String function, String argument, String value, boolean wanted) {
        if (wanted != (value == null)) {
            throw Errors.argument(
                    function, argument, "%s in %s must %sbe NULL".formatted(argument, function, wanted ? "" : "not "));
        }
    }
}
