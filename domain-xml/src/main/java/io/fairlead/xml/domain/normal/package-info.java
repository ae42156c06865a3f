/**
 * Turns what a client sent into what libvirt would store: defaults filled in, units unified, elements in libvirt's order,
 * what a container can't be refused in libvirt's words.
 *
 * <p>Lives here: the order of everything known, and one class for each part of a definition. What is not known passes
 * through in its place. Not here: typed values ({@code xml.domain.read}). Threads: no state.
 */
package io.fairlead.xml.domain.normal;
