/**
 * What a snapshot of a domain is: its definition and state at that moment, and the frozen contents of its volumes.
 *
 * <p>Lives here: one snapshot, how those of a domain hang together, which file systems can be in one, and their files. Not
 * here: taking, reverting and deleting ({@code core.domain}, which orders changes of a domain), frozen contents themselves
 * ({@code core.volume}), the XML ({@code xml.snapshot}). Threads: values are immutable; the store's callers hold the domain's
 * job.
 */
package io.fairlead.core.snapshot;
