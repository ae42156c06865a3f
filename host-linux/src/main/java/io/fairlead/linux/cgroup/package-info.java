/**
 * Control groups, whichever version the host mounts: one path, any number of hierarchies.
 *
 * <p>Lives here: the layout of the host, making, emptying, freezing and removing groups, reading usage, and which file
 * of v1 or v2 a limit is written to. Not here: which limit to set. Threads:
 * {@link io.fairlead.linux.cgroup.MigrationWarmer} has one; everything else runs on its caller's.
 */
package io.fairlead.linux.cgroup;
