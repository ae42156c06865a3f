/**
 * Goes through what clients usually ask, before the first of them does: on a daemon in small that has sockets, an engine,
 * pools and guests of its own, below one folder, and shares nothing with the real one but the code, which is loaded,
 * linked and compiled by it.
 *
 * <p>Not here: anything that a client, an event, a metric, the log or the state folder could show.
 *
 * <p>Threads: all run in one thread group, by which their log messages are known and left out.
 */
package io.fairlead.daemon.rehearsal;
