/**
 * The ports through which the engine launches and controls a guest; {@code lxc-backend} implements them.
 *
 * <p>Lives here: interfaces and the values that cross them. Not here: states, policies, events ({@code core.domain}) or
 * any way of launching. Threads: every method may block unless it says otherwise, and may be called from any thread;
 * the engine holds no registry lock while it calls.
 */
package io.fairlead.core.backend;
