/**
 * Documents that daemons print, as JAXB reads them.
 *
 * <p>Lives here: the parts of libvirt's documents that clients compute with, typed. Independent of our own reader on
 * purpose: it shows whether another one understands what we print. Not here: any expectation about a value. Threads:
 * none of its own.
 */
package io.fairlead.conformance.typed;
