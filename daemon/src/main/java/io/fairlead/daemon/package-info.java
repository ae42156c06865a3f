/**
 * The program: command line, the wiring of one running daemon, its start and its end.
 *
 * <p>Lives here: what is put together with what, in which order, and where an instance's files lie. Not here: the
 * configuration's keys ({@code daemon.config}), what a host offers ({@code daemon.doctor}), and anything a container or a
 * client would notice. Threads: the main thread starts and then waits; one thread adopts what earlier daemons left; a
 * shutdown hook ends.
 */
package io.fairlead.daemon;
