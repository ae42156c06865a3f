package io.fairlead.xml.domain;

import io.fairlead.xml.tree.XmlException;

/** The kinds of metadata that clients set and get (virDomainMetadataType; the order is wire format). */
public enum MetadataKind {
    DESCRIPTION,
    TITLE,
    ELEMENT;

    /**
     * From the number on the wire.
     *
     * @throws XmlException INVALID_ARG in libvirt's words
     */
    public static MetadataKind of(int type) {
        if (type < 0 || type >= values().length) {
            throw XmlException.invalidArgument("unknown metadata type '%d'".formatted(type));
        }
        return values()[type];
    }
}
