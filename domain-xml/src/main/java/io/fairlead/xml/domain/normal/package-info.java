/**
 * Turns a client's definition into the form libvirt would store: defaults filled in, units unified, elements in
 * libvirt's order, impossible containers refused in libvirt's words.
 *
 * <p>Lives here: the order of everything known, and one class for each part of a definition. Unknown elements pass
 * through in their places. Not here: typed values ({@code xml.domain.read}). Threads: no state.
 */
package io.fairlead.xml.domain.normal;
