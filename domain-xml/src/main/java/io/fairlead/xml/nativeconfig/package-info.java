/**
 * The configuration files of lxc-tools (format {@code lxc-tools} of virsh domxml-from-native and domxml-to-native).
 *
 * <p>Lives here: reading and writing such a file, and the meaning of its keys in a definition; both spellings, that of
 * LXC 1 and 2 and that of LXC 3. Not here: the rules of definitions. Threads: no state.
 */
package io.fairlead.xml.nativeconfig;
