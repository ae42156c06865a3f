/**
 * The small languages inside attributes and texts: sizes with units, numbers, processor sets, addresses.
 *
 * <p>Lives here: parsing and printing of one value. Not here: where in a document a value stands. Threads: immutable.
 */
package io.fairlead.xml.value;
