/**
 * Pools that are a folder: {@code dir}, and {@code fs} and {@code netfs}, which mount something there first.
 *
 * <p>Lives here: volumes as files, and volumes as trees of files in the ways file systems offer (btrfs subvolumes,
 * overlays, plain folders); snapshots of both; how each is made, copied, limited, taken back to a snapshot, deleted and
 * repaired after a crash. Not here: streams, XML, which changes are allowed now. Threads: as {@code storage.driver}
 * says; remains of old trees are removed on threads of their own.
 *
 * <p>Crashes: a volume that is being made or deleted has a name beginning with {@code .fairlead-}, in the pool. One
 * rename makes it a volume, or makes it one no longer. The next start removes everything that still has such a name.
 * Records and intents of trees are names, too. The file system keeps the order of all names, so one wait at the end of
 * a change is enough ({@link io.fairlead.storage.directory.LinkText}; docs/decisions/0011).
 */
package io.fairlead.storage.directory;
