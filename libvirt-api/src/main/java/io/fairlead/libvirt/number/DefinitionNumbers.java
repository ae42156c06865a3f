package io.fairlead.libvirt.number;

import io.fairlead.xml.domain.MetadataKind;
import io.fairlead.xml.domain.model.LifecycleAction;
import io.fairlead.xml.domain.model.LifecycleEvent;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.ToIntFunction;

/** libvirt's numbers of what a definition says (include/libvirt/libvirt-domain.h). */
public final class DefinitionNumbers {
    private DefinitionNumbers() {}

    /** virDomainMetadataType. */
    public static int of(MetadataKind kind) {
        return switch (kind) {
            case DESCRIPTION -> 0;
            case TITLE -> 1;
            case ELEMENT -> 2;
        };
    }

    /** virDomainLifecycle. */
    public static int of(LifecycleEvent event) {
        return switch (event) {
            case POWEROFF -> 0;
            case REBOOT -> 1;
            case CRASH -> 2;
        };
    }

    /** virDomainLifecycleAction. */
    public static int of(LifecycleAction action) {
        return switch (action) {
            case DESTROY -> 0;
            case RESTART -> 1;
            case RENAME_RESTART -> 2;
            case PRESERVE -> 3;
            case COREDUMP_DESTROY -> 4;
            case COREDUMP_RESTART -> 5;
        };
    }

    public static Optional<MetadataKind> metadataKind(int number) {
        return find(MetadataKind.values(), DefinitionNumbers::of, number);
    }

    public static Optional<LifecycleEvent> lifecycleEvent(int number) {
        return find(LifecycleEvent.values(), DefinitionNumbers::of, number);
    }

    public static Optional<LifecycleAction> lifecycleAction(int number) {
        return find(LifecycleAction.values(), DefinitionNumbers::of, number);
    }

    private static <E> Optional<E> find(E[] values, ToIntFunction<E> numbers, int number) {
        return Arrays.stream(values)
                .filter(value -> numbers.applyAsInt(value) == number)
                .findFirst();
    }
}
