/**
 * Links, addresses, routes and neighbours of a network namespace, by rtnetlink(7).
 *
 * <p>Lives here: the port {@code NetworkStack}, its values in the kernel's terms, their messages on the wire, the
 * socket, and short visits of a thread to another network namespace. Not here: what a network or an interface of a
 * container is, the choice of names and addresses, firewall rules, queueing disciplines, sysctls. Threads: none; a
 * stack may be used by several threads and handles one request at a time, a subscription belongs to one thread.
 */
package io.fairlead.linux.netlink;
