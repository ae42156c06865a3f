package io.fairlead.xml.facts;

import java.util.regex.Pattern;

/**
 * The image that the container was made of.
 *
 * @param name as it was asked for, such as {@code docker.io/library/nginx:1.25}
 * @param id the digest of the image's configuration: {@code sha256:} and 64 hexadecimal digits, or another algorithm's
 */
public record ImageFact(String name, String id) {
    /** The letters of digests in the OCI image specification (descriptor.md). */
    private static final Pattern DIGEST = Pattern.compile("[a-z0-9.+_-]+:[a-zA-Z0-9=_-]+");

    public ImageFact {
        FactChecks.present("name of the image", name);
        if (!DIGEST.matcher(id).matches()) {
            throw FactChecks.refused("id of the image: '%s' is not a digest".formatted(id));
        }
    }
}
