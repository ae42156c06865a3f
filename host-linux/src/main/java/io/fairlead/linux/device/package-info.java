/**
 * Device nodes and loop devices.
 *
 * <p>Lives here: numbers of nodes, making nodes, files as block devices. Not here: a device's content
 * ({@code linux.mount}). No threads.
 */
package io.fairlead.linux.device;
