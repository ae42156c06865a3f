/**
 * Processes, our children or not: their identity, their end, signals to them, and starting them.
 *
 * <p>Lives here: identity that survives pid reuse, exit notices, signals, spawning, resource limits. Not here: cgroups
 * ({@code linux.cgroup}) and namespaces ({@code linux.namespace}). Threads:
 * {@link io.fairlead.linux.process.ProcessWatcher} owns the only one.
 */
package io.fairlead.linux.process;
