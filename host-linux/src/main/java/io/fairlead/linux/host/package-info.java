/**
 * Facts about the machine: CPUs, memory, firmware, kernel.
 *
 * <p>Lives here: the kernel's facts about the machine as a whole. Not here: whether the machine meets a daemon's needs
 * ({@code linux.probe}). No threads; constant facts are read once.
 */
package io.fairlead.linux.host;
