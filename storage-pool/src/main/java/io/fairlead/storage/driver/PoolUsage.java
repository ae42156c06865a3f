package io.fairlead.storage.driver;

/** How full a pool is. Allocation and availability need not add up: others may use the same disk. */
public record PoolUsage(long capacityBytes, long allocationBytes, long availableBytes) {
    public static final PoolUsage NONE = new PoolUsage(0, 0, 0);
}
