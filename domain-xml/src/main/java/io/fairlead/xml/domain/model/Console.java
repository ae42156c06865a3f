package io.fairlead.xml.domain.model;

import java.util.Optional;

/**
 * {@code <console>}, alias console0, console1... in their order; or {@code <serial>}.
 *
 * @param type pty, or a kind that is refused at start
 * @param logFile the file that also keeps the output, {@code <log file>}, as written in the document
 * @param logAppends whether the output of earlier runs stays in that file
 */
public record Console(String type, String targetType, int port, Optional<String> logFile, boolean logAppends) {}
