package io.fairlead.xml.storage;

/** What the XML of a pool says of its size; all zero for one that is not active. */
public record PoolNumbers(long capacityBytes, long allocationBytes, long availableBytes) {
    public static final PoolNumbers NONE = new PoolNumbers(0, 0, 0);
}
