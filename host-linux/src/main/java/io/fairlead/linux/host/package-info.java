/**
 * Facts about the machine: CPUs, memory, firmware, kernel.
 *
 * <p>Lives here: what the kernel tells about the machine as a whole. Not here: whether the machine offers what a daemon needs
 * ({@code linux.probe}). No threads; what cannot change is read once.
 */
package io.fairlead.linux.host;
