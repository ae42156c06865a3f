package io.fairlead.xml.domain.model;

import java.util.Optional;

/**
 * {@code <console>}, alias console0, console1... in their order; or {@code <serial>}.
 *
 * @param type pty, or a kind that is refused at start
 * @param logFile where output is kept besides, {@code <log file>}, as it was written
 * @param logAppends whether what an earlier run left in that file stays
 */
public record Console(String type, String targetType, int port, Optional<String> logFile, boolean logAppends) {}
