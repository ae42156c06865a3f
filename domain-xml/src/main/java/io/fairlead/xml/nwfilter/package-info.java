/**
 * The documents of network filters: {@code <filter>} and {@code <filterbinding>}.
 *
 * <p>Lives here: chains, rules, the protocols with their attributes, references with parameters, and refusals in
 * libvirt's words. Not here: rules of a kernel's firewall, values of variables, whether a referenced filter exists.
 * No procedure serves these documents yet. Threads: everything is immutable or made for one call.
 */
package io.fairlead.xml.nwfilter;
