/**
 * Pools and volumes (virStoragePool, virStorageVol).
 *
 * <p>Lives here: the procedures, the filter of lists, the documents that clients send, upload and download. Not here:
 * the pools and volumes themselves ({@code storage-pool}), and their events ({@code libvirt.event}).
 *
 * <p>Threads: lists and look-ups read memory on event loops; the rest runs on workers. An upload or a download runs on
 * a thread of its stream.
 */
package io.fairlead.libvirt.storage;
