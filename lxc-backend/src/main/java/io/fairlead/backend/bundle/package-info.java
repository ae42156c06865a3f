/**
 * From a domain definition to the configuration that an OCI runtime reads: a pure translation, but for looking at the
 * sources and the users of the root tree.
 *
 * <p>Lives here: what of a definition has which effect, what is refused, the default confinement (capabilities, system
 * call filter, masked paths; docs/security.md). Not here: starting anything ({@code backend.launch}). Threads: callers' own.
 */
package io.fairlead.backend.bundle;
