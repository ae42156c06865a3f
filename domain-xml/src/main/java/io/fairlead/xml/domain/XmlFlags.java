package io.fairlead.xml.domain;

/**
 * How a document is printed. A container has nothing that depends on the processor, and nothing that an older libvirt
 * could not read, so libvirt's other wishes for a document change nothing.
 *
 * @param secure with passwords
 * @param inactive the definition of the next start, instead of the running one
 */
public record XmlFlags(boolean secure, boolean inactive) {}
