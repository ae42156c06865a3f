package io.fairlead.xml.storage;

/** The sizes in the XML of a pool; all zero for an inactive pool. */
public record PoolNumbers(long capacityBytes, long allocationBytes, long availableBytes) {
    public static final PoolNumbers NONE = new PoolNumbers(0, 0, 0);
}
