/**
 * Pools that are a folder: {@code dir}, and {@code fs} and {@code netfs}, which mount something there first.
 *
 * <p>Lives here: volumes as files, and volumes as trees of files in the ways file systems offer (btrfs subvolumes, overlays,
 * plain folders); snapshots of both; how each is made, copied, limited, taken back to a snapshot, deleted and repaired after a
 * crash. Not here: streams, XML, who may
 * change what now. Threads: as {@code storage.driver} says; what is left of old trees is removed on threads of its own.
 *
 * <p>Crashes: what is being made or deleted has a name beginning with {@code .fairlead-}, in the pool; one rename makes it a
 * volume or ends its being one. The next start removes what still has such a name. Records of trees and what is intended
 * for them are names, too: their file system keeps the order of all of them, so that one wait at the end of a change is
 * enough ({@link io.fairlead.storage.directory.LinkText}; docs/decisions/0011).
 */
package io.fairlead.storage.directory;
