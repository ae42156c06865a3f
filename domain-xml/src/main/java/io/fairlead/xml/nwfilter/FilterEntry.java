package io.fairlead.xml.nwfilter;

/** A part of a filter: a rule, or another filter whose rules stand in its place. */
public sealed interface FilterEntry permits FilterRule, FilterReference {}
