/**
 * The documents of networks: {@code <network>}, its updates, {@code <networkport>}, and the parts that interfaces of
 * domains share with them.
 *
 * <p>Lives here: the rules by which a client's tree becomes the stored one, refusals in libvirt's words, the pure
 * function behind net-update. Not here: bridges, addresses and names on the host; a free subnet, a bridge's name and
 * whether a device exists are matters of the caller. No procedure serves these documents yet. Threads: everything is
 * immutable or made for one call.
 */
package io.fairlead.xml.network;
