package io.fairlead.backend.bundle;

import java.util.regex.Pattern;

/**
 * Completes a runtime's message that it cannot make a guest. The message lacks the root and the program that was tried.
 */
final class RuntimeWords {
    private static final Pattern NOT_EXECUTED =
            Pattern.compile("(?i)(open executable|exec[^:]*): (.*: )?permission denied");

    private RuntimeWords() {}

    /** @param runtime the runtime's name */
    static String explain(GuestPlan plan, String runtime, String words) {
        if (NOT_EXECUTED.matcher(words).find()) {
            String whom = plan.init().user() == null
                    ? "the container's root"
                    : "its user " + plan.init().user();
            String mapped = plan.users().mapped() ? ", " + MappedRoot.identity(plan) : "";
            return "its init %s in its root %s may not be executed by %s%s: permission denied for it, or for a folder above it (%s)"
                    .formatted(plan.init().command().get(0), plan.rootName(), whom, mapped, words);
        }
        return "%s cannot make the container in its root %s: %s".formatted(runtime, plan.rootName(), words);
    }
}
