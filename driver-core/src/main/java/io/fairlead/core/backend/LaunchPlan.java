package io.fairlead.core.backend;

import io.fairlead.xml.domain.DomainDocument;

/** A definition that its back end has read and checked, to be passed back to that back end. Immutable. */
public interface LaunchPlan {
    /** The definition that was planned. */
    DomainDocument definition();
}
