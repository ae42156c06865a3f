package io.fairlead.core.domain;

/**
 * Which text of a definition is wanted (virDomainXMLFlags).
 *
 * @param secure with secrets; a container's definition has none that are hidden otherwise
 * @param inactive the persistent definition, also while the domain is active
 * @param migratable without what only this host knows
 */
public record XmlFlags(boolean secure, boolean inactive, boolean migratable) {}
