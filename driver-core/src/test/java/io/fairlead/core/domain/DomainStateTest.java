package io.fairlead.core.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fairlead.core.domain.DomainState.Paused;
import io.fairlead.core.domain.DomainState.Running;
import io.fairlead.core.domain.DomainState.RunningReason;
import io.fairlead.core.domain.DomainState.ShutOff;
import io.fairlead.core.domain.DomainState.Starting;
import io.fairlead.core.domain.DomainState.Unknown;
import io.fairlead.core.intent.StopReason;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DomainStateTest {
    private static final Running BOOTED = new Running(RunningReason.BOOTED);
    private static final Running UNPAUSED = new Running(RunningReason.UNPAUSED);
    private static final ShutOff CRASHED = new ShutOff(StopReason.CRASHED);
    private static final List<DomainState> STATES =
            List.of(new Unknown(), new ShutOff(StopReason.SHUTDOWN), new Starting(), BOOTED, UNPAUSED, new Paused());
    private static final Map<String, UnaryOperator<DomainState>> MOVES = new TreeMap<>(Map.of(
            "foundRunning", state -> state.foundRunning(false),
            "foundSuspended", state -> state.foundRunning(true),
            "foundOff", state -> state.foundOff(StopReason.CRASHED),
            "starting", DomainState::starting,
            "launched", state -> state.launched(false, false),
            "launchedPaused", state -> state.launched(true, false),
            "suspended", DomainState::suspended,
            "resumed", DomainState::resumed,
            "stopped", state -> state.stopped(StopReason.CRASHED)));

    /** The whole table of legal moves; all others are refused. */
    private static final Map<DomainState, Map<String, DomainState>> LEGAL = Map.of(
            new Unknown(),
            Map.of(
                    "foundRunning",
                    BOOTED,
                    "foundSuspended",
                    new Paused(),
                    "foundOff",
                    CRASHED,
                    "starting",
                    new Starting()),
            new ShutOff(StopReason.SHUTDOWN),
            Map.of("starting", new Starting()),
            new Starting(),
            Map.of("launched", BOOTED, "launchedPaused", new Paused(), "stopped", CRASHED),
            BOOTED,
            Map.of("suspended", new Paused(), "starting", new Starting(), "stopped", CRASHED),
            UNPAUSED,
            Map.of("suspended", new Paused(), "starting", new Starting(), "stopped", CRASHED),
            new Paused(),
            Map.of("resumed", UNPAUSED, "starting", new Starting(), "stopped", CRASHED));

    static Stream<Arguments> everyStateAndMove() {
        return STATES.stream().flatMap(state -> MOVES.keySet().stream().map(move -> Arguments.of(state, move)));
    }

    @ParameterizedTest
    @MethodSource("everyStateAndMove")
    void move_whenNotInTheTable_isRefused(DomainState state, String move) {
        DomainState expected = LEGAL.get(state).get(move);
        if (expected == null) {
            assertThrows(IllegalStateException.class, () -> MOVES.get(move).apply(state));
        } else {
            assertEquals(expected, MOVES.get(move).apply(state));
        }
    }
}
