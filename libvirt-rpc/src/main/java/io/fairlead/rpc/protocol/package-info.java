/**
 * The procedures of libvirt 9.0's remote, lxc and qemu programs, and of Fairlead's own: their numbers, and the structs
 * they take and return.
 *
 * <p>A file with a name in {@code Calls} or {@code Events} holds one topic. A procedure is a constant there, named as
 * in remote_protocol.x, that ties its number to its argument and reply records: {@link
 * io.fairlead.rpc.protocol.Signature}, or {@link io.fairlead.rpc.protocol.Message} for messages that only a server
 * sends. {@code Void} stands for no arguments or no reply. A struct that holds nothing but one object reference has no
 * record of its own: the reference is the struct. Unsigned integers keep their bits in {@code int} and {@code long}.
 *
 * <p>Not here: bytes, sockets, the effect of a call. Threads: everything is immutable.
 */
package io.fairlead.rpc.protocol;
