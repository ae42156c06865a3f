package io.fairlead.core.backend;

import io.fairlead.xml.domain.DomainDocument;

/** A definition that its back end has read and checked. It is passed back to that back end, and contains no secrets of
 * the host. Immutable. */
public interface LaunchPlan {
    /** The definition that was planned. */
    DomainDocument definition();
}
