package io.fairlead.xml.facts;

/**
 * A named volume behind a path of the container. The definition's {@code <filesystem>} with that target says where the
 * content lies; this says by which name its users know it.
 *
 * @param name the volume's name
 * @param path where it is mounted: absolute
 * @param anonymous whether it was made for this container alone and goes with it
 */
public record VolumeFact(String name, String path, boolean anonymous) {
    public VolumeFact {
        FactChecks.present("name of a volume", name);
        FactChecks.present("path of a volume", path);
        if (!path.startsWith("/")) {
            throw FactChecks.refused("path of volume '%s': '%s' is not absolute".formatted(name, path));
        }
    }
}
