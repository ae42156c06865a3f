package io.fairlead.core.domain;

import io.fairlead.core.intent.LaunchTerms;
import io.fairlead.core.service.DomainLifecycle;
import java.util.List;

/**
 * How a domain is started.
 *
 * @param paused frozen before its first instruction
 * @param autodestroy destroyed when {@code owner} goes ({@link DomainLifecycle#ownerGone})
 * @param owner the client's connection, compared by identity; may be null without autodestroy
 * @param fromSnapshot begins with a snapshot's contents
 * @param initFiles raw descriptors that init inherits; the caller closes its copies afterwards
 */
public record StartOptions(
        boolean paused, boolean autodestroy, Object owner, boolean fromSnapshot, List<Integer> initFiles) {
    /** Not paused, without an owner, with nothing inherited. */
    public static final StartOptions PLAIN = new StartOptions(false, false, null, List.of());

    public StartOptions(boolean paused, boolean autodestroy, Object owner, List<Integer> initFiles) {
        this(paused, autodestroy, owner, false, initFiles);
    }

    /** Without an owner, with a snapshot's contents. */
    public static StartOptions fromSnapshot(boolean paused) {
        return new StartOptions(paused, false, null, true, List.of());
    }

    public LaunchTerms terms() {
        return new LaunchTerms(paused, fromSnapshot, autodestroy, !initFiles.isEmpty());
    }

    public StartOptions {
        initFiles = List.copyOf(initFiles);
        if (autodestroy && owner == null) {
            throw new IllegalArgumentException("autodestroy: true without an owner");
        }
    }
}
