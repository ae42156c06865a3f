/**
 * Pools of the type {@code logical}: a device-mapper thin pool of our own on one or two block devices, with volumes
 * that are block devices or trees of files, and copies that share blocks.
 *
 * <p>Lives here: which devices a pool lies on, volumes as thin devices, file systems on them, where they are mounted.
 * Not here: thin devices themselves, their ids, records and repair ({@code io.fairlead.thin}).
 *
 * <p>Threads: any, as {@code storage.driver} says; the pool is watched on a thread of its own.
 */
package io.fairlead.storage.logical;
