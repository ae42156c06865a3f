/**
 * Answers libvirt clients' questions about the machine, from {@code linux.host}.
 *
 * <p>Lives here: the choice of the kernel's figure for each question. Not here: reading kernel files that have a class
 * in {@code linux.host}, any wire form. Threads: everything may be called from any thread.
 */
package io.fairlead.daemon.host;
