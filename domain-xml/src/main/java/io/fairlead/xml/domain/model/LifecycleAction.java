package io.fairlead.xml.domain.model;

import java.util.Optional;
import java.util.stream.Stream;

/** What is done when a container ends in some way (virDomainLifecycleAction; the order is wire format). */
public enum LifecycleAction {
    DESTROY("destroy"),
    RESTART("restart"),
    RENAME_RESTART("rename-restart"),
    PRESERVE("preserve"),
    COREDUMP_DESTROY("coredump-destroy"),
    COREDUMP_RESTART("coredump-restart");

    private final String xmlName;

    LifecycleAction(String xmlName) {
        this.xmlName = xmlName;
    }

    public String xmlName() {
        return xmlName;
    }

    public static Optional<LifecycleAction> ofXmlName(String name) {
        return Stream.of(values()).filter(action -> action.xmlName.equals(name)).findFirst();
    }
}
