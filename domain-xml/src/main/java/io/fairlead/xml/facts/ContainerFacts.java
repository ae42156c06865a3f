package io.fairlead.xml.facts;

import static java.util.Objects.requireNonNull;

import io.fairlead.xml.tree.XmlException;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All facts of one container.
 *
 * @param image empty for a container whose files come from elsewhere
 * @param labels by key; a key is not empty
 * @param restart empty where the definition's on_poweroff, on_reboot and on_crash decide
 * @param stop how it is asked to end
 * @param health empty where nobody has said anything about it
 * @param ports in the order in which they were asked for; no two are the same
 * @param volumes in the order in which they were asked for; no two at the same path
 */
public record ContainerFacts(
        Optional<ImageFact> image,
        SortedMap<String, String> labels,
        Optional<RestartFact> restart,
        StopFact stop,
        Optional<HealthFact> health,
        List<PortFact> ports,
        List<VolumeFact> volumes,
        StdioFact stdio) {

    /** Nothing is known: what a container without facts is taken for. */
    public static final ContainerFacts NONE = new ContainerFacts(
            Optional.empty(),
            new TreeMap<>(),
            Optional.empty(),
            StopFact.DEFAULT,
            Optional.empty(),
            List.of(),
            List.of(),
            StdioFact.DETACHED);

    /** @throws XmlException XML_ERROR for a value that is out of its range or that XML cannot carry */
    public ContainerFacts {
        requireNonNull(image, "image");
        requireNonNull(restart, "restart");
        requireNonNull(stop, "stop");
        requireNonNull(health, "health");
        requireNonNull(stdio, "stdio");
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        for (Map.Entry<String, String> label : labels.entrySet()) {
            FactChecks.present("key of a label", label.getKey());
            FactChecks.writable("label '%s'".formatted(label.getKey()), label.getValue());
        }
        ports = List.copyOf(ports);
        volumes = List.copyOf(volumes);
        requireDifferent("port", ports);
        requireDifferent(
                "volume at a path", volumes.stream().map(VolumeFact::path).toList());
    }

    private static <T> void requireDifferent(String what, List<T> all) {
        Set<T> seen = new HashSet<>();
        for (T one : all) {
            if (!seen.add(one)) {
                throw FactChecks.refused("%s stands twice: %s".formatted(what, one));
            }
        }
    }
}
