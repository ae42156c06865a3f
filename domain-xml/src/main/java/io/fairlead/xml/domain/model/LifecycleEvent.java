package io.fairlead.xml.domain.model;

/** The ways a container can end that a definition answers. */
public enum LifecycleEvent {
    POWEROFF("on_poweroff"),
    REBOOT("on_reboot"),
    CRASH("on_crash");

    private final String element;

    LifecycleEvent(String element) {
        this.element = element;
    }

    public String element() {
        return element;
    }

    /** The name of its element without the on_ in front. */
    public String word() {
        return element.substring("on_".length());
    }
}
