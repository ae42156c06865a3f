/**
 * Snapshots of domains. A snapshot is a domain's definition and state at one moment, and the frozen contents of its
 * volumes.
 *
 * <p>Lives here: one snapshot, the tree of a domain's snapshots, the choice of file systems for a snapshot, and the
 * files of the records. Not here: taking, reverting and deleting ({@code core.snapshot.change}, which orders changes of
 * a domain), frozen contents themselves ({@code core.volume}), the XML ({@code xml.snapshot}). Threads: values are
 * immutable; the store's callers hold the domain's job.
 */
package io.fairlead.core.snapshot;
