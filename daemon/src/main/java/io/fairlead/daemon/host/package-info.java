/**
 * The machine as libvirt clients ask about it, told from {@code linux.host}.
 *
 * <p>Lives here: which kernel figure answers which question. Not here: reading kernel files that have a class in
 * {@code linux.host}, any wire form. Threads: everything may be called from any thread.
 */
package io.fairlead.daemon.host;
