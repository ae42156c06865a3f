package io.fairlead.linux.netlink;

/** What went through a link since it was made (struct rtnl_link_stats64); each counter is unsigned. */
public record LinkStatistics(
        long receivedPackets,
        long sentPackets,
        long receivedBytes,
        long sentBytes,
        long receiveErrors,
        long sendErrors,
        long receiveDropped,
        long sendDropped) {
    static final int COUNTERS = 8;
}
