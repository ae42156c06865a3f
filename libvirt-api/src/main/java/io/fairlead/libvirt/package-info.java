/**
 * Libvirt procedures answered by engine calls.
 *
 * <p>Lives here: {@code LibvirtApi}, which puts the one table of procedures together. The procedures lie in a package
 * for each part of libvirt's API: connection, events, node, domains, snapshots, storage, and the parts that are empty
 * here. Not here: bytes and sockets ({@code libvirt-rpc}), the life of domains ({@code driver-core}), and questions to
 * the kernel: facts about the machine come through {@link io.fairlead.libvirt.node.HostFacts}.
 *
 * <p>Threads: a procedure registered as inline runs on the connection's event loop. It only reads memory, or counters
 * of the kernel that never block. The others run on the RPC server's workers. Events arrive on the engine's one event
 * thread and are queued, never waited for. A console has two threads of its own while it is open.
 */
package io.fairlead.libvirt;
