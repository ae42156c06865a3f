package io.fairlead.xml.domain.model;

import java.util.Optional;

/** {@code <seclabel>}. */
public record SecurityLabel(
        Optional<String> type,
        Optional<String> model,
        Optional<Boolean> relabel,
        Optional<String> label,
        Optional<String> imageLabel,
        Optional<String> baseLabel) {}
