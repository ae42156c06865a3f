package io.fairlead.core.intent;

/**
 * Whether a guest that ended by itself is followed by another one. A request has precedence: after a shutdown or a
 * destroy none follows, after a reboot or a reset one does.
 */
public sealed interface RestartPolicy {
    /** As the definition's on_poweroff, on_reboot and on_crash say, which also apply to shutdowns and reboots. */
    record AsDefined() implements RestartPolicy {
        @Override
        public boolean restartsAfter(boolean action, boolean failed, int restarts) {
            return action;
        }

        @Override
        public boolean startsAtBoot(Wish wish) {
            return false;
        }

        @Override
        public String toString() {
            return "as-defined";
        }
    }

    record No() implements RestartPolicy {
        @Override
        public boolean restartsAfter(boolean action, boolean failed, int restarts) {
            return false;
        }

        @Override
        public boolean startsAtBoot(Wish wish) {
            return false;
        }

        @Override
        public String toString() {
            return "no";
        }
    }

    record Always() implements RestartPolicy {
        @Override
        public boolean restartsAfter(boolean action, boolean failed, int restarts) {
            return true;
        }

        @Override
        public boolean startsAtBoot(Wish wish) {
            return true;
        }

        @Override
        public String toString() {
            return "always";
        }
    }

    record UnlessStopped() implements RestartPolicy {
        @Override
        public boolean restartsAfter(boolean action, boolean failed, int restarts) {
            return true;
        }

        @Override
        public boolean startsAtBoot(Wish wish) {
            return wish == Wish.RUN;
        }

        @Override
        public String toString() {
            return "unless-stopped";
        }
    }

    /** @param most how many restarts may follow one start; 0 for any number */
    record OnFailure(int most) implements RestartPolicy {
        public OnFailure {
            if (most < 0) {
                throw new IllegalArgumentException("most: %d (expected: 0 or more)".formatted(most));
            }
        }

        @Override
        public boolean restartsAfter(boolean action, boolean failed, int restarts) {
            return failed && (most == 0 || restarts < most);
        }

        @Override
        public boolean startsAtBoot(Wish wish) {
            return wish == Wish.RUN;
        }

        @Override
        public String toString() {
            return "on-failure";
        }
    }

    RestartPolicy AS_DEFINED = new AsDefined();

    /**
     * Decides about an end that was not asked for.
     *
     * @param action whether the definition's action for this kind of end restarts
     * @param failed whether init's status is not 0
     * @param restarts how many restarts have followed the latest start
     */
    boolean restartsAfter(boolean action, boolean failed, int restarts);

    /** Whether a domain that was last heard of in an earlier boot of the host is started. */
    boolean startsAtBoot(Wish wish);

    /** Whether the wish to run has a meaning after a reboot of the host, so that it must survive a power cut. */
    default boolean outlivesBoot() {
        return startsAtBoot(Wish.RUN);
    }
}
