/**
 * The host machine, which libvirt calls the node (virNode).
 *
 * <p>Lives here: the port {@code HostFacts}, through which facts of the machine come, and the procedures and documents
 * that show them. Not here: reading the kernel's files ({@code daemon.host}), and the devices of the node
 * ({@code libvirt.empty}).
 *
 * <p>Threads: facts may need the kernel's files, so nearly all procedures run on workers.
 */
package io.fairlead.libvirt.node;
