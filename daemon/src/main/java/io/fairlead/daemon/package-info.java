/**
 * The program: command line, the wiring of one running daemon, its start and its end.
 *
 * <p>Lives here: the wiring of the parts, their order, and the places of an instance's files. Not here: the
 * configuration's keys ({@code daemon.config}), checks of the host ({@code daemon.doctor}), and anything that a
 * container or a client would notice. Threads: the main thread starts and then waits; one thread adopts the guests of
 * earlier daemons; a shutdown hook ends the daemon.
 */
package io.fairlead.daemon;
