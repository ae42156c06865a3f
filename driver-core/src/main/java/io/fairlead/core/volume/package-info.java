/**
 * The ports through which the engine uses volumes of storage pools; {@code storage-pool} implements them.
 *
 * <p>Lives here: the operations on volumes that starts and snapshots of domains need. Not here: pools, the making and
 * keeping of volumes, or their mounting in a guest ({@code lxc-backend}). Threads: every method may block, and may be
 * called from any thread; the engine holds a domain's job while it calls, but no lock.
 */
package io.fairlead.core.volume;
