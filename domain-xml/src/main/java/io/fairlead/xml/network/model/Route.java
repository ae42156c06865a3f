package io.fairlead.xml.network.model;

import io.fairlead.xml.value.IpAddress;
import java.util.OptionalLong;

/** {@code <route>}. @param prefix 0..32 or 0..128 @param metric above zero */
public record Route(IpAddress address, int prefix, IpAddress gateway, OptionalLong metric) {}
