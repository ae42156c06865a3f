/**
 * conmon's own ways, as far as they are the same for a guest and for a process that is started in one.
 *
 * <p>Lives here: what it writes to its pipe. Not here: its command lines ({@code backend.launch}, {@code backend.exec})
 * and the data of its socket and its log ({@code backend.console}). Threads: callers' own.
 */
package io.fairlead.backend.monitor;
