package io.fairlead.xml.domain;

/** The kinds of metadata that clients set and get. */
public enum MetadataKind {
    DESCRIPTION,
    TITLE,
    /** An element of a client's own namespace, below {@code <metadata>}. */
    ELEMENT
}
