/**
 * A network's definition as values: addresses, ranges, numbers with their units.
 *
 * <p>Lives here: records, read from a normalised tree and never written back. Not here: the text, which
 * {@link io.fairlead.xml.network.NetworkDocument} keeps. Threads: immutable.
 */
package io.fairlead.xml.network.model;
