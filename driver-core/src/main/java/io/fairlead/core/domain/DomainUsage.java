package io.fairlead.core.domain;

/**
 * The present usage of a domain.
 *
 * @param cpuTimeNanos CPU time of all its processes since its launch; 0 while off
 * @param memoryBytes resident and cached memory; while off, the amount it would be given
 * @param maxMemoryBytes the most it can be given
 * @param vcpus how many CPUs its definition names
 */
public record DomainUsage(long cpuTimeNanos, long memoryBytes, long maxMemoryBytes, int vcpus) {}
