package io.fairlead.xml.domain.normal;

import io.fairlead.xml.domain.model.LifecycleAction;
import io.fairlead.xml.domain.model.LifecycleEvent;
import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlException;
import java.util.Map;

/** Actions after the end of a container. */
public final class LifecycleRules {
    private static final Map<LifecycleEvent, LifecycleAction> DEFAULTS = Map.of(
            LifecycleEvent.POWEROFF, LifecycleAction.DESTROY,
            LifecycleEvent.REBOOT, LifecycleAction.RESTART,
            LifecycleEvent.CRASH, LifecycleAction.DESTROY);

    private LifecycleRules() {}

    static XmlElement apply(XmlElement domain) {
        XmlElement complete = domain;
        for (LifecycleEvent event : LifecycleEvent.values()) {
            complete = TreeChanges.withDefault(
                    complete, event.element(), DEFAULTS.get(event).xmlName());
            String text = complete.child(event.element()).text();
            LifecycleAction action = LifecycleAction.ofXmlName(text)
                    .orElseThrow(
                            () -> XmlException.unsupported("unknown %s action: %s".formatted(event.element(), text)));
            check(event, action);
        }
        return complete;
    }

    /** Refuses a pair that makes no sense: only a crash leaves something to dump. */
    public static void check(LifecycleEvent event, LifecycleAction action) {
        boolean dumps = action == LifecycleAction.COREDUMP_DESTROY || action == LifecycleAction.COREDUMP_RESTART;
        if (dumps && event != LifecycleEvent.CRASH) {
            throw XmlException.unsupported(
                    "Lifecycle event '%s' doesn't support '%s' action".formatted(event.word(), action.xmlName()));
        }
    }
}
