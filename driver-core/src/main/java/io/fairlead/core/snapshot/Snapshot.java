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
 * @param domain the uuid of the domain
 * @param volumes the volumes whose contents it keeps, each under {@link #contentId}
 * @param stage how far the work on it has come
 */
public record Snapshot(UUID domain, SnapshotDocument document, Set<VolumeSource> volumes, Stage stage) {
    private static final int ID_BYTES = 16;

    /**
     * Stages of the work on a snapshot. Written to disk before and after each step, because the daemon may die between
     * any two.
     */
    public enum Stage {
        /** Its volumes are being frozen; if the daemon dies, the frozen contents are removed. */
        TAKING,
        /** As {@link #TAKING}, with a paused guest, which must be thawed again. */
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

    /** The name of its file, made safe for any snapshot name. */
    String id() {
        return id(domain, document.name());
    }

    /**
     * The id of its frozen content of a volume. It is made of names alone: a client may remove the snapshot's
     * definition, and a later definition with these names finds the content again. Ids differ between volumes, because
     * a pool may keep the contents of all its volumes in one place.
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
