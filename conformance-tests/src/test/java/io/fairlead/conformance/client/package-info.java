/**
 * Clients of the daemons under test: virsh, consoles through a pty, scripts of other languages, raw bytes.
 *
 * <p>Lives here: calling clients and collecting their results. Not here: the expected results.
 * Threads: each call stands alone.
 */
package io.fairlead.conformance.client;
