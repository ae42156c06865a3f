/**
 * The ports through which the engine uses volumes of storage pools; {@code storage-pool} implements them.
 *
 * <p>Lives here: what a guest needs of a volume to start on it, and what a snapshot of a domain needs. Not here: pools, how
 * volumes are made and kept, or how a guest gets to see one ({@code lxc-backend}). Threads: every method may block, and may be
 * called from any thread; the engine holds a domain's job while it calls, but no lock.
 */
package io.fairlead.core.volume;
