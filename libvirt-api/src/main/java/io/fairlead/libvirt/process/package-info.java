/**
 * Fairlead's own program, beside libvirt's (docs/compat/fairlead.md).
 *
 * <p>Lives here: its procedures, and carrying a process's streams to and from a client. Not here: the form of calls and
 * pieces on the wire ({@code rpc.protocol}), how a process is started ({@code backend.exec}). Threads: calls run on the
 * server's workers; a stream has a thread only while it carries something.
 */
package io.fairlead.libvirt.process;
