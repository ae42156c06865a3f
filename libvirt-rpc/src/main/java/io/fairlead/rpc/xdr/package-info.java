/**
 * XDR (RFC 4506) for Java records: a record's canonical constructor is its wire struct, in order.
 *
 * <p>Lives here: how ints, strings, opaque bytes, arrays and nested records look on the wire, and the limits that are
 * checked before anything is allocated. Not here: any particular struct, packet headers, sockets.
 * Threads: codecs are immutable and shared; buffers belong to the caller.
 */
package io.fairlead.rpc.xdr;
