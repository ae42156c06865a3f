/**
 * Unix sockets that keep message boundaries, and FIFOs as a meeting point of two processes.
 *
 * <p>Lives here: clients with time limits that another thread can close. Not here: stream sockets, which the JDK and
 * Netty have. No threads.
 */
package io.fairlead.linux.socket;
