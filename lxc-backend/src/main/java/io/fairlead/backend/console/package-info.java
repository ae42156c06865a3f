/**
 * The console of a guest: many readers and writers over one terminal, with what was written before.
 *
 * <p>The monitor (conmon) writes everything to a log first and then offers it on its attach socket. We read the log, in
 * whose order every reader agrees, and the socket tells us when to look and, by not being read, makes the guest wait.
 *
 * <p>Lives here: decoding and keeping the log, fan-out, back-pressure. Not here: wire formats of clients, how the monitor is
 * started ({@code backend.launch}). Threads: one per console that has readers; none for the others.
 */
package io.fairlead.backend.console;
