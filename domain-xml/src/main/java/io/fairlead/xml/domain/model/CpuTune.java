package io.fairlead.xml.domain.model;

import java.util.OptionalLong;

/** {@code <cputune>}: relative weight, and microseconds of processor time per period; a negative quota is unlimited. */
public record CpuTune(OptionalLong shares, OptionalLong periodMicros, OptionalLong quotaMicros) {}
