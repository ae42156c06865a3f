/**
 * Device nodes and loop devices.
 *
 * <p>Lives here: numbers of nodes, making nodes, files as block devices. Not here: what is on a device ({@code
 * linux.mount}). No threads.
 */
package io.fairlead.linux.device;
