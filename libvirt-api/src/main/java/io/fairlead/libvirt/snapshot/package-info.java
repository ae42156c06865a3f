/**
 * Snapshots of domains (virDomainSnapshot).
 *
 * <p>Lives here: the procedures, the filters of lists, and the documents that clients send. Not here: taking and
 * reverting ({@code core.snapshot}), and the content of volumes ({@code storage-pool}).
 *
 * <p>Threads: lists and look-ups read memory on event loops; the rest runs on workers.
 */
package io.fairlead.libvirt.snapshot;
