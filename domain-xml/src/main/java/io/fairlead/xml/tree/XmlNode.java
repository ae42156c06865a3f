package io.fairlead.xml.tree;

/**
 * Anything that may stand between two tags. Immutable, so a tree can be shared by threads and edited by copying a path.
 */
public sealed interface XmlNode permits XmlElement, XmlText, XmlComment, XmlInstruction {}
