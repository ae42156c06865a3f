package io.fairlead.daemon.client;

/** A command line that makes no sense. Its message is for the person who typed it. */
final class UsageException extends RuntimeException {
    UsageException(String message) {
        super(message);
    }
}
