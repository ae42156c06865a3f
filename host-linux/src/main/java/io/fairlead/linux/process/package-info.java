/**
 * Programs and processes: starting, waiting, reading what the kernel tells about them in /proc.
 *
 * <p>Not here: cgroups, what a process is for. Threads: any.
 */
package io.fairlead.linux.process;
