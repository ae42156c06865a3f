/**
 * A domain definition as typed values.
 *
 * <p>Lives here: records and enums that mirror the elements an LXC domain honours; sizes in bytes, sets parsed. Not
 * here: reading them from XML ({@code xml.domain.read}), or their effect on the container. Threads: immutable.
 */
package io.fairlead.xml.domain.model;
