package io.fairlead.linux.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Evaluates {@link NeedsHost}. */
final class NeedsHostCondition implements ExecutionCondition {
    private static final String REQUIRE = "FAIRLEAD_REQUIRE_HOST";

    private final boolean required;

    NeedsHostCondition() {
        this("1".equals(System.getenv(REQUIRE)));
    }

    NeedsHostCondition(boolean required) {
        this.required = required;
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return AnnotationSupport.findAnnotation(context.getElement(), NeedsHost.class)
                .map(this::evaluate)
                .orElseGet(() -> ConditionEvaluationResult.enabled("no needs"));
    }

    ConditionEvaluationResult evaluate(NeedsHost needs) {
        List<String> obstacles = obstacles(needs);
        if (obstacles.isEmpty()) {
            return ConditionEvaluationResult.enabled("the host has all it needs");
        }
        String reason = "skipped, because " + String.join(" and ", obstacles);
        if (required) {
            throw new AssertionError("%s, but %s=1 forbids skipping".formatted(reason, REQUIRE));
        }
        return ConditionEvaluationResult.disabled(reason);
    }

    private static List<String> obstacles(NeedsHost needs) {
        List<String> obstacles = new ArrayList<>();
        try {
            for (HostFeature feature : needs.value()) {
                feature.obstacle().ifPresent(obstacles::add);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot find out what this host has", e);
        }
        for (String program : needs.programs()) {
            HostFeature.missingProgram(program).ifPresent(obstacles::add);
        }
        return obstacles;
    }
}
