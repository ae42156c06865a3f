/**
 * The table of procedures, and the checks of arguments that procedures of all topics share.
 *
 * <p>Lives here: the table, checks of flag words and of the room for old lists, reading of documents. Not here: any
 * procedure (each topic has a package of its own), and the dispatch of calls ({@code rpc.server}).
 *
 * <p>Threads: one thread fills a table at start. The checks have no state.
 */
package io.fairlead.libvirt.procedure;
