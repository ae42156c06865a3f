/**
 * Mounts of our own mount namespace, and what lies on a block device.
 *
 * <p>Lives here: mount and unmount, the mount table, sizes and growth of mounted file systems, recognition of file systems by their
 * superblock. Not here: loop devices ({@code linux.device}). No threads.
 */
package io.fairlead.linux.mount;
