/**
 * Thin devices on a device-mapper thin pool that is ours alone: their records, ids and nodes, and their repair after a
 * crash.
 *
 * <p>Lives here: making a pool of two devices, opening, growing and watching it; creating, snapshotting, activating,
 * resizing and deleting thin devices so that records and kernel agree again after any crash. Not here: file systems on
 * the devices, mounts, libvirt's volumes and pools ({@code storage-pool}), the ioctl form ({@code linux.dm}). The
 * design is in docs/decisions/0010.
 *
 * <p>Threads: any. One lock per device name; none for the pool, the kernel serialises its messages. A pool has a thread
 * that finishes removals, and one that watches it if asked to.
 */
package io.fairlead.thin;
