package io.fairlead.linux.host;

/**
 * One logical CPU and where it sits.
 *
 * @param node NUMA node
 * @param socket physical package
 * @param core number within its package
 * @param siblings CPUs that share its core, itself included, as the kernel writes sets
 */
public record Cpu(int id, int node, int socket, int core, String siblings) {}
