/**
 * The console of a guest: many readers and writers of one terminal, with its earlier output.
 *
 * <p>The monitor (conmon) writes everything to a log first and then offers it on its attach socket. This package reads
 * the log, so that all readers see the same order. The socket tells when to read. Leaving it unread makes the guest
 * wait.
 *
 * <p>Lives here: decoding and keeping the log, fan-out, back-pressure. Not here: wire formats of clients, the start of
 * the monitor ({@code backend.launch}). Threads: one per console that has readers; none for the others.
 */
package io.fairlead.backend.console;
