package io.fairlead.core.domain;

import io.fairlead.core.intent.RestartPolicy;
import io.fairlead.xml.domain.DomainDocument;
import io.fairlead.xml.domain.MetadataKind;
import io.fairlead.xml.domain.model.LifecycleAction;
import io.fairlead.xml.domain.model.LifecycleEvent;
import io.fairlead.xml.domain.normal.IdentityRules;
import io.fairlead.xml.domain.normal.LifecycleRules;
import io.fairlead.xml.facts.ContainerFacts;
import io.fairlead.xml.facts.FactsMetadata;
import io.fairlead.xml.facts.RestartFact;

/** The reads and edits of definitions that this package needs. A refused edit throws an XmlException. */
public final class DefinitionEdits {
    private DefinitionEdits() {}

    public static void requireGoodName(String name) {
        IdentityRules.checkName(name);
    }

    public static DomainDocument renamed(DomainDocument definition, String name) {
        return definition.withName(name);
    }

    public static LifecycleAction action(DomainDocument definition, LifecycleEvent event) {
        return definition.definition().lifecycle().on(event);
    }

    /**
     * The policy among the definition's facts, else {@link RestartPolicy#AS_DEFINED}. Cheap for a definition without
     * facts.
     */
    public static RestartPolicy restartPolicy(DomainDocument definition) {
        return FactsMetadata.read(definition)
                .flatMap(ContainerFacts::restart)
                .map(DefinitionEdits::policy)
                .orElse(RestartPolicy.AS_DEFINED);
    }

    private static RestartPolicy policy(RestartFact fact) {
        return switch (fact.policy()) {
            case NO -> new RestartPolicy.No();
            case ALWAYS -> new RestartPolicy.Always();
            case UNLESS_STOPPED -> new RestartPolicy.UnlessStopped();
            case ON_FAILURE -> new RestartPolicy.OnFailure(fact.most());
        };
    }

    /** Refuses combinations that make no sense: only a crash leaves something to dump. */
    public static void requireFitting(LifecycleEvent event, LifecycleAction action) {
        LifecycleRules.check(event, action);
    }

    public static DomainDocument withAction(DomainDocument definition, LifecycleEvent event, LifecycleAction action) {
        return definition.withLifecycleAction(event, action);
    }

    /** Throws NO_METADATA if there is none. */
    public static String metadata(DomainDocument definition, MetadataKind kind, String uri) {
        return definition.metadata(kind, uri);
    }

    public static DomainDocument withMetadata(
            DomainDocument definition, MetadataKind kind, String text, String key, String uri) {
        DomainDocument changed = definition.withMetadata(kind, text, key, uri);
        if (FactsMetadata.NAMESPACE.equals(uri)) {
            FactsMetadata.check(changed);
        }
        return changed;
    }
}
