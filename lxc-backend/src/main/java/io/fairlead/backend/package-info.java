/**
 * The back end for domains of type {@code lxc}: {@link io.fairlead.backend.LxcBackend} implements the engine's ports
 * with bundle, launch and console.
 *
 * <p>Lives here: wiring and settings. Not here: states and events of a domain ({@code core.domain}), system calls
 * ({@code host-linux}). Threads: callers' own, and those named in {@link io.fairlead.backend.LxcBackend}.
 */
package io.fairlead.backend;
