package io.fairlead.linux.netlink;

import io.fairlead.linux.sys.Fd;
import java.util.HashMap;
import java.util.Map;

/** Network namespaces in memory, which pairs of links connect. One lock for all of them. */
public final class ModelNetwork {
    private static final int FIRST_DESCRIPTOR = 1_000_000_000; // no process has so many: closing it harms nothing

    private final Map<Integer, ModelNetworkStack> byDescriptor = new HashMap<>();
    private long macs = 0x0200_0000_0000L;

    /** A new one, with a link lo that is down. */
    public synchronized ModelNetworkStack namespace() {
        return new ModelNetworkStack(this);
    }

    /** A descriptor that means this namespace in {@link LinkSettings#namespace()}. */
    public synchronized Fd descriptor(ModelNetworkStack stack) {
        int number = FIRST_DESCRIPTOR + byDescriptor.size();
        byDescriptor.put(number, stack);
        return new Fd(number, "model namespace");
    }

    ModelNetworkStack of(Fd descriptor) {
        ModelNetworkStack stack = byDescriptor.get(descriptor.number());
        if (stack == null) {
            throw new AssertionError("not a namespace of this model: " + descriptor);
        }
        return stack;
    }

    MacAddress newMac() {
        return new MacAddress(++macs);
    }
}
