/**
 * From a domain definition to the configuration that an OCI runtime reads: a pure translation, except that it looks at
 * the sources and the users of the root tree.
 *
 * <p>Lives here: the effects of a definition's parts, refusals, the default confinement (capabilities, system call
 * filter, masked paths; docs/security.md). Not here: starting anything ({@code backend.launch}). Threads: callers' own.
 */
package io.fairlead.backend.bundle;
