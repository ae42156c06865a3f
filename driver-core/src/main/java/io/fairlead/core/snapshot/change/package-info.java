/**
 * Taking, reverting to and deleting snapshots, and the repair of each after the death of a daemon.
 *
 * <p>Lives here: the steps, in an order that survives a kill between any two. Not here: the records and their tree
 * ({@code core.snapshot}), the contents ({@code core.volume} is the port), what clients call
 * ({@code core.service.DomainSnapshots}). For the engine alone. Threads: the holder of the domain's job.
 */
package io.fairlead.core.snapshot.change;
