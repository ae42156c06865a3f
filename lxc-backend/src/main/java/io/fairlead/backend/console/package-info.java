/**
 * The standard streams of a process under a monitor: many readers and writers, its recorded output, its terminal's
 * size; and the console that libvirt's clients see of them.
 *
 * <p>The monitor (conmon) writes everything to a log first and then offers it on its attach socket. This package reads
 * the log, each reader at a place of its own. The socket tells when to read. Leaving it unread makes the process wait.
 *
 * <p>Lives here: decoding and keeping the log, readers, back-pressure, input. Not here: wire formats of clients, the
 * start of the monitor ({@code backend.launch}). Threads: one, of the poller, for all processes; readers read the log
 * on their own.
 */
package io.fairlead.backend.console;
