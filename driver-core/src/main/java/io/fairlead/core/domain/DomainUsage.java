package io.fairlead.core.domain;

/**
 * What a domain uses now.
 *
 * @param cpuTimeNanos of all its processes since it was launched; 0 while off
 * @param memoryBytes resident and cached; while off, what it would be given
 * @param maxMemoryBytes the most it can be given
 * @param vcpus how many CPUs its definition names
 */
public record DomainUsage(long cpuTimeNanos, long memoryBytes, long maxMemoryBytes, int vcpus) {}
