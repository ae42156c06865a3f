/**
 * Subvolumes of btrfs and their quota, by ioctl (linux/btrfs.h), without the btrfs program.
 *
 * <p>Lives here: making, copying, deleting and limiting a subvolume, and what it uses. Not here: what anybody keeps in one.
 * Threads: any.
 */
package io.fairlead.linux.btrfs;
