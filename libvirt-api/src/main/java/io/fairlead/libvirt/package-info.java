/**
 * Libvirt procedures answered by engine calls.
 *
 * <p>Lives here: the one table of procedures ({@code LibvirtApi}), what a client's connection
 * remembers, how an engine's error and an engine's event look to a libvirt client. A file holds the procedures of one topic.
 * Not here: bytes and sockets ({@code libvirt-rpc}), what a domain does ({@code driver-core}), anything that asks the kernel:
 * facts about the machine come through {@link io.fairlead.libvirt.HostFacts}.
 *
 * <p>Threads: a procedure registered as inline only reads memory, or counters of the kernel that nothing can hold up, and runs on
 * the connection's event loop; the others run on the RPC server's workers. Events arrive on the engine's one event thread and are queued, never waited for. A console has
 * two threads of its own while it is open.
 */
package io.fairlead.libvirt;
