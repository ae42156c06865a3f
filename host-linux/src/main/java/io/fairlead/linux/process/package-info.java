/**
 * Processes that may or may not be our children: who they are, when they end, how to signal and start them.
 *
 * <p>Lives here: identity that survives pid reuse, exit notices, signals, spawning, resource limits. Not here: cgroups
 * ({@code linux.cgroup}) and namespaces ({@code linux.namespace}). Threads: {@link io.fairlead.linux.process.ProcessWatcher}
 * has the only one.
 */
package io.fairlead.linux.process;
