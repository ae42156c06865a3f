/**
 * Reads typed definitions from normalised trees.
 *
 * <p>Lives here: which element becomes which value, and the refusal of values that make no sense. Not here: defaults
 * and order, which {@code xml.domain.normal} has put into the tree before. Threads: no state.
 */
package io.fairlead.xml.domain.read;
