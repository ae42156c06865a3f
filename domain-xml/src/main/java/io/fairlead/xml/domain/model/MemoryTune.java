package io.fairlead.xml.domain.model;

import java.util.OptionalLong;

/** {@code <memtune>}; an empty value means no limit. */
public record MemoryTune(OptionalLong hardLimitBytes, OptionalLong softLimitBytes, OptionalLong swapHardLimitBytes) {}
