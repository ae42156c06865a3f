/**
 * The pools and volumes of this host: which there are, which changes are allowed now, and which files survive a
 * restart.
 *
 * <p>Lives here: the registry, definitions, the life of a pool, changes of and streams into volumes, events, trimming
 * at intervals, and the files that keep all that. Not here: how a type of pool does anything ({@code storage.driver}
 * and its drivers), wire formats.
 *
 * <p>Threads: any. Lists and look-ups read memory and never wait. Changes of one pool follow each other; so do changes
 * of one volume, while those of different volumes run in parallel. Events and trims have a thread of their own each.
 */
package io.fairlead.storage.pool;
