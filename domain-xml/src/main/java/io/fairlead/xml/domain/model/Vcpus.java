package io.fairlead.xml.domain.model;

import io.fairlead.xml.value.CpuSet;
import java.util.Optional;

/**
 * {@code <vcpu>}.
 *
 * @param cpuset where the container may run; empty for anywhere
 * @param automatic placement='auto': the host is to choose
 */
public record Vcpus(int maximum, int current, Optional<CpuSet> cpuset, boolean automatic) {}
