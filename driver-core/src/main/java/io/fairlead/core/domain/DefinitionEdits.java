package io.fairlead.core.domain;

import io.fairlead.xml.domain.DomainDocument;
import io.fairlead.xml.domain.model.LifecycleEvent;
import io.fairlead.xml.domain.model.LifecyclePolicy;
import io.fairlead.xml.domain.normal.IdentityRules;

/** What the life of a domain reads and edits in its definitions, with failures as the engine's. */
final class DefinitionEdits {
    private DefinitionEdits() {}

    static void requireGoodName(String name) {
        XmlFailures.translate(() -> {
            IdentityRules.checkName(name);
            return null;
        });
    }

    static DomainDocument renamed(DomainDocument definition, String name) {
        return XmlFailures.translate(() -> definition.withName(name));
    }

    static LifecycleAction action(DomainDocument definition, LifecycleKind kind) {
        LifecyclePolicy policy = definition.definition().lifecycle();
        return LifecycleAction.values()[policy.on(event(kind)).ordinal()];
    }

    static DomainDocument withAction(DomainDocument definition, LifecycleKind kind, LifecycleAction action) {
        var same = io.fairlead.xml.domain.model.LifecycleAction.values()[action.ordinal()];
        return XmlFailures.translate(() -> definition.withLifecycleAction(event(kind), same));
    }

    /** Refused with NO_DOMAIN_METADATA if there is none. */
    static String metadata(DomainDocument definition, MetadataKind kind, String uri) {
        return XmlFailures.translate(() -> definition.metadata(same(kind), uri));
    }

    static DomainDocument withMetadata(
            DomainDocument definition, MetadataKind kind, String text, String key, String uri) {
        return XmlFailures.translate(() -> definition.withMetadata(same(kind), text, key, uri));
    }

    private static io.fairlead.xml.domain.MetadataKind same(MetadataKind kind) {
        return io.fairlead.xml.domain.MetadataKind.values()[kind.ordinal()];
    }

    /** Both enumerations are in the order of libvirt's numbers. */
    private static LifecycleEvent event(LifecycleKind kind) {
        return LifecycleEvent.values()[kind.ordinal()];
    }
}
