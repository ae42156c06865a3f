/**
 * Libvirt procedures answered by engine calls.
 *
 * <p>Lives here: the one table of procedures ({@code LibvirtApi}), the state of a client's connection, and the form of
 * errors and events for libvirt clients. A file contains the procedures of one topic. Not here: bytes and sockets
 * ({@code libvirt-rpc}), the life of domains ({@code driver-core}), and questions to the kernel: facts about the
 * machine come through {@link io.fairlead.libvirt.HostFacts}.
 *
 * <p>Threads: a procedure registered as inline runs on the connection's event loop. It only reads memory, or counters
 * of the kernel that never block. The others run on the RPC server's workers. Events arrive on the engine's one event
 * thread and are queued, never waited for. A console has two threads of its own while it is open.
 */
package io.fairlead.libvirt;
