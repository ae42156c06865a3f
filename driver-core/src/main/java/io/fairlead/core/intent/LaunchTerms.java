package io.fairlead.core.intent;

/**
 * How a domain's next guest is launched, apart from its definition.
 *
 * @param paused frozen before its first instruction
 * @param fromSnapshot begins with a snapshot's contents
 * @param autodestroy dies with its client's connection
 * @param inherits gets file descriptors of its client, which no later daemon has
 */
public record LaunchTerms(boolean paused, boolean fromSnapshot, boolean autodestroy, boolean inherits) {
    public static final LaunchTerms PLAIN = new LaunchTerms(false, false, false, false);

    /** For the guest that follows an ended one. */
    public LaunchTerms next() {
        return new LaunchTerms(false, false, autodestroy, false);
    }
}
