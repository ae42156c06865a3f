package io.fairlead.rpc.protocol;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Every procedure and every wire struct there is, found by looking through the topics. */
public final class Structs {
    private static final List<Class<?>> TOPICS = List.of(
            AuthenticationCalls.class,
            ConnectionCalls.class,
            DomainCpuCalls.class,
            DomainDefinitionCalls.class,
            DomainDeviceCalls.class,
            DomainEvents.class,
            DomainGuestCalls.class,
            DomainLifecycleCalls.class,
            DomainListCalls.class,
            DomainSaveCalls.class,
            DomainStateCalls.class,
            DomainStatisticsCalls.class,
            DomainTuningCalls.class,
            FairleadProcedure.class,
            HostCalls.class,
            InterfaceCalls.class,
            LxcProcedure.class,
            NetworkPortCalls.class,
            NetworkCalls.class,
            NodeDeviceCalls.class,
            NwFilterCalls.class,
            ObjectEvents.class,
            SecretCalls.class,
            SnapshotCalls.class,
            StoragePoolCalls.class,
            StorageVolumeCalls.class);

    private Structs() {}

    public static List<Signature<?, ?>> signatures() {
        List<Signature<?, ?>> found = new ArrayList<>();
        constants().stream().filter(Signature.class::isInstance).forEach(s -> found.add((Signature<?, ?>) s));
        return found;
    }

    public static List<Message<?>> messages() {
        List<Message<?>> found = new ArrayList<>();
        constants().stream().filter(Message.class::isInstance).forEach(m -> found.add((Message<?>) m));
        return found;
    }

    /** All records that are sent as arguments, replies or messages. */
    public static List<Class<?>> records() {
        Set<Class<?>> found = new LinkedHashSet<>();
        for (Signature<?, ?> signature : signatures()) {
            found.add(signature.args());
            found.add(signature.reply());
        }
        messages().forEach(message -> found.add(message.body()));
        found.remove(Void.class);
        return List.copyOf(found);
    }

    private static List<Object> constants() {
        List<Object> constants = new ArrayList<>();
        for (Class<?> topic : TOPICS) {
            for (Field field : topic.getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers()) && Modifier.isPublic(field.getModifiers())) {
                    try {
                        constants.add(field.get(null));
                    } catch (IllegalAccessException e) {
                        throw new IllegalStateException(e);
                    }
                }
            }
        }
        return constants;
    }
}
