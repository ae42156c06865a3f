package io.fairlead.xml.domain.model;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * The action when a container ends in some way.
 *
 * <p>A container cannot be kept once its init is dead, has no core to dump as a whole, and is not renamed. Actions that
 * ask for these are carried out as far as possible.
 */
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

    public boolean restarts() {
        return this == RESTART || this == RENAME_RESTART || this == COREDUMP_RESTART;
    }

    /** Whether a container can do all of it. */
    public boolean isExact() {
        return this == DESTROY || this == RESTART;
    }

    public static Optional<LifecycleAction> ofXmlName(String name) {
        return Stream.of(values()).filter(action -> action.xmlName.equals(name)).findFirst();
    }
}
