/**
 * Makes the usual calls of clients before the first client connects, so that their code is loaded, linked and compiled.
 * The calls go to a small daemon with sockets, an engine, pools and guests of its own, below one folder. It shares only
 * the code with the real one.
 *
 * <p>Not here: anything that could be seen by a client, in an event, a metric, the log or the state folder.
 *
 * <p>Threads: all run in one thread group, whose log messages are dropped.
 */
package io.fairlead.daemon.rehearsal;
