package io.fairlead.core.snapshot;

import static java.util.Objects.requireNonNull;

import io.fairlead.xml.domain.model.VolumeSource;
import io.fairlead.xml.snapshot.SnapshotDocument;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * One snapshot of a domain.
 *
 * @param domain whose
 * @param volumes those whose content it keeps, each under {@link #contentId}
 * @param stage how far it has come
 */
public record Snapshot(UUID domain, SnapshotDocument document, Set<VolumeSource> volumes, Stage stage) {
    private static final int ID_BYTES = 16;

    /** Written down before and after each step, since a daemon may die between any two. */
    public enum Stage {
        /** Its volumes are being frozen; what there is of them goes. */
        TAKING,
        /** As {@link #TAKING}, and its guest stands still meanwhile: it has to be let go again. */
        TAKING_FROZEN,
        KEPT,
        /** Its volumes' frozen contents are being deleted. */
        DROPPING
    }

    public Snapshot {
        requireNonNull(domain, "domain");
        requireNonNull(document, "document");
        requireNonNull(stage, "stage");
        volumes = Set.copyOf(volumes);
    }

    public String name() {
        return document.name();
    }

    public Optional<String> parent() {
        return document.parent();
    }

    /** What a file of ours about it is called, whatever is in its name. */
    String id() {
        return id(domain, document.name());
    }

    /**
     * What its frozen content of a volume is called: made of names alone, so that a snapshot whose definition a client took
     * away and brings back finds it again. No two volumes have the same, since a pool may keep those of all its volumes in one
     * place.
     */
    public String contentId(VolumeSource volume) {
        return digest(domain + "\n" + document.name() + "\n" + volume);
    }

    static String id(UUID domain, String name) {
        return digest(domain + "\n" + name);
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    public Snapshot at(Stage next) {
        return new Snapshot(domain, document, volumes, next);
    }

    public Snapshot withParent(Optional<String> parent) {
        return new Snapshot(domain, document.withParent(parent), volumes, stage);
    }
}
