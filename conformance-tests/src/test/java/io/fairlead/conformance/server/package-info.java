/**
 * Daemons under test: Fairlead started the way a user starts it, and libvirt's own daemon apart from the machine's.
 *
 * <p>Lives here: start, kill, restart, wipe. Not here: any expectation of their answers. Threads: many threads may use
 * a server; one starts and closes it.
 */
package io.fairlead.conformance.server;
