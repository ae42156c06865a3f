package io.fairlead.kit.event;

/**
 * Something that has happened to a thing that the engine keeps. The module of the thing declares its occurrences, as
 * immutable records; they say nothing about the form in which a client sees them.
 */
public interface Occurrence {}
