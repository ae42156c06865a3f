/**
 * Clients of the daemons under test: virsh, consoles through a pty, scripts of other languages, raw bytes.
 *
 * <p>Lives here: how a client is called and what came back. Not here: what should come back.
 * Threads: each call stands alone.
 */
package io.fairlead.conformance.client;
