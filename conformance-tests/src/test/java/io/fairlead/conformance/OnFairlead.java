package io.fairlead.conformance;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A test class that starts Fairlead daemons of its own, in ways that libvirt's own daemon does not know. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(OnFairlead.Condition.class)
@interface OnFairlead {

    /** Skips with the reason when a daemon cannot run here. */
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            String reason = Cases.reasonAgainstFairlead();
            return reason.isEmpty()
                    ? ConditionEvaluationResult.enabled("a daemon can run here")
                    : ConditionEvaluationResult.disabled(reason);
        }
    }
}
