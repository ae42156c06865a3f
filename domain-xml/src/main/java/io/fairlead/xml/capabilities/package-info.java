/**
 * The capabilities documents: the host's properties, and the possible properties of a container on it.
 *
 * <p>Lives here: the documents' form. Not here: gathering the facts; they come in as values. Threads: no state.
 */
package io.fairlead.xml.capabilities;
