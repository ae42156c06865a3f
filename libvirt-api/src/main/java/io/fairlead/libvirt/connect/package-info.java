/**
 * Opening, closing, and questions about the connection itself (virConnect).
 *
 * <p>Lives here: these procedures, and the names that a client may open. Not here: the state that they change
 * ({@code libvirt.session}), and calls of virConnect about objects: they lie with their objects.
 *
 * <p>Threads: inline procedures run on the connection's event loop, the others on a worker.
 */
package io.fairlead.libvirt.connect;
