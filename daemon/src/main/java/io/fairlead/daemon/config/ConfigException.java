package io.fairlead.daemon.config;

/** The configuration, or an option of the command line, cannot be used. The message is for the administrator. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ConfigException(String message) {
        super(message);
    }

    public ConfigException(String message, Throwable cause) {
        super(message, cause);
    }
}
