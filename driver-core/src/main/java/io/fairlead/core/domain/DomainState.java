package io.fairlead.core.domain;

import io.fairlead.core.intent.StopReason;

/** The states of a domain, and the moves that each allows. */
public sealed interface DomainState {
    /** The daemon has just started and does not know yet whether the domain runs. */
    record Unknown() implements DomainState {
        @Override
        public DomainState foundRunning(boolean suspended) {
            return suspended ? new Paused() : new Running(RunningReason.BOOTED);
        }

        @Override
        public DomainState foundOff(StopReason reason) {
            return new ShutOff(reason);
        }

        @Override
        public DomainState starting() {
            return new Starting(); // an earlier daemon was to launch it
        }
    }

    record ShutOff(StopReason reason) implements DomainState {
        @Override
        public DomainState starting() {
            return new Starting();
        }
    }

    /**
     * Being launched, or between two lives. Clients see it as libvirt shows it: paused, with the reason "starting up".
     */
    record Starting() implements DomainState {
        @Override
        public DomainState launched(boolean paused, boolean fromSnapshot) {
            return paused
                    ? new Paused()
                    : new Running(fromSnapshot ? RunningReason.FROM_SNAPSHOT : RunningReason.BOOTED);
        }

        @Override
        public DomainState stopped(StopReason reason) {
            return new ShutOff(reason);
        }
    }

    record Running(RunningReason reason) implements DomainState {
        @Override
        public DomainState suspended() {
            return new Paused();
        }

        @Override
        public DomainState starting() {
            return new Starting();
        }

        @Override
        public DomainState stopped(StopReason reason) {
            return new ShutOff(reason);
        }
    }

    /** Frozen at a client's request. */
    record Paused() implements DomainState {
        @Override
        public DomainState resumed() {
            return new Running(RunningReason.UNPAUSED);
        }

        @Override
        public DomainState starting() {
            return new Starting();
        }

        @Override
        public DomainState stopped(StopReason reason) {
            return new ShutOff(reason);
        }
    }

    /** How it came to run. */
    enum RunningReason {
        BOOTED,
        FROM_SNAPSHOT,
        UNPAUSED
    }

    // Every move is refused unless a state above overrides it.

    /** Adoption found its guest. */
    default DomainState foundRunning(boolean suspended) {
        throw illegal("be found running");
    }

    /** Adoption found no guest of it. */
    default DomainState foundOff(StopReason reason) {
        throw illegal("be found off");
    }

    /** A launch begins: the first one, or the next after a life has ended. */
    default DomainState starting() {
        throw illegal("start");
    }

    default DomainState launched(boolean paused, boolean fromSnapshot) {
        throw illegal("be launched");
    }

    default DomainState suspended() {
        throw illegal("be suspended");
    }

    default DomainState resumed() {
        throw illegal("be resumed");
    }

    default DomainState stopped(StopReason reason) {
        throw illegal("stop");
    }

    /** A wrong move is a bug of this daemon: forbidden requests of clients are refused before. */
    private IllegalStateException illegal(String move) {
        return new IllegalStateException("a domain cannot %s when it is %s".formatted(move, this));
    }
}
