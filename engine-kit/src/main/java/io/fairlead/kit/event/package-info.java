/**
 * Events about everything that the engine keeps, in one order.
 *
 * <p>Lives here: the bus that numbers, keeps and delivers events. Not here: the events of domains, pools and other
 * things, which the module of each thing declares, and the form in which clients see them (each API).
 *
 * <p>Threads: anyone may publish, without waiting; one thread of the bus delivers, with no lock held.
 */
package io.fairlead.kit.event;
