/**
 * Subvolumes of btrfs and their quota, by ioctl (linux/btrfs.h), without the btrfs program.
 *
 * <p>Lives here: making, copying, deleting and limiting a subvolume, and measuring its use. Not here: the content of
 * subvolumes. Threads: any.
 */
package io.fairlead.linux.btrfs;
