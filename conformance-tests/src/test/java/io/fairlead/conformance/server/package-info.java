/**
 * Daemons under test: Fairlead started the way a user starts it, and libvirt's own daemon apart from the machine's.
 *
 * <p>Lives here: start, kill, restart, wipe. Not here: any expectation about what they answer.
 * Threads: a server may be used by many, started and closed by one.
 */
package io.fairlead.conformance.server;
