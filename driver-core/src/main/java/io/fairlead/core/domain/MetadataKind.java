package io.fairlead.core.domain;

/** What of a definition can be edited as metadata, in the order of virDomainMetadataType. */
public enum MetadataKind {
    DESCRIPTION,
    TITLE,
    /** A client's own element, found by its namespace. */
    ELEMENT
}
