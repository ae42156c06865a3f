package io.fairlead.xml.domain.model;

import java.util.Optional;

/**
 * {@code <console>}; alias console0, console1... in their order.
 *
 * @param type pty, or a kind that is refused at start
 * @param logFile where output is kept besides, {@code <log file>}
 */
public record Console(String type, String targetType, int port, Optional<String> logFile, boolean logAppends) {}
