package io.fairlead.xml.domain.read;

import io.fairlead.xml.domain.model.DomainDefinition;
import io.fairlead.xml.tree.XmlElement;
import java.util.UUID;

/** Reads a whole definition. */
public final class DefinitionReader {
    private DefinitionReader() {}

    /**
     * Reads a normalised tree.
     *
     * @throws io.fairlead.xml.tree.XmlException for a value that makes no sense
     */
    public static DomainDefinition read(XmlElement domain) {
        long memoryBytes = Fields.memoryBytes(domain, "memory").orElse(0);
        return new DomainDefinition(
                Fields.text(domain, "name").orElse(""),
                UUID.fromString(Fields.text(domain, "uuid").orElseThrow()),
                Fields.text(domain, "title"),
                Fields.text(domain, "description"),
                memoryBytes,
                Fields.memoryBytes(domain, "currentMemory").orElse(memoryBytes),
                TuningReader.memoryTune(domain),
                TuningReader.vcpus(domain),
                TuningReader.cpuTune(domain),
                TuningReader.numaTune(domain),
                TuningReader.blkioTune(domain),
                Fields.text(domain.child("resource"), "partition"),
                GuestReader.idMap(domain),
                GuestReader.os(domain),
                GuestReader.features(domain),
                GuestReader.clock(domain),
                GuestReader.lifecycle(domain),
                GuestReader.namespaces(domain),
                DeviceReader.devices(domain));
    }
}
