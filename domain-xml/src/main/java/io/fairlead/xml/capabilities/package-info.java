/**
 * The capabilities documents: what the host is, and what a container on it can have.
 *
 * <p>Lives here: the documents' form. Not here: finding out; facts come in as values. Threads: no state.
 */
package io.fairlead.xml.capabilities;
