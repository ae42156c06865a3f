/**
 * Mounts of our own mount namespace, and the file systems on block devices.
 *
 * <p>Lives here: mount and unmount, the mount table, sizes and growth of mounted file systems, recognition of file
 * systems by their superblock. Not here: loop devices ({@code linux.device}).
 *
 * <p>Threads: none, but for calls that need a working folder of their own, or that may wait for a silent server.
 */
package io.fairlead.linux.mount;
