package io.fairlead.xml.domain.model;

/** {@code <on_poweroff>}, {@code <on_reboot>}, {@code <on_crash>}. */
public record LifecyclePolicy(LifecycleAction onPoweroff, LifecycleAction onReboot, LifecycleAction onCrash) {
    public LifecycleAction on(LifecycleEvent event) {
        return switch (event) {
            case POWEROFF -> onPoweroff;
            case REBOOT -> onReboot;
            case CRASH -> onCrash;
        };
    }
}
