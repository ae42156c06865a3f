package io.fairlead.core.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.core.backend.ShutdownWay;
import io.fairlead.core.fault.DaemonKilled;
import io.fairlead.core.fault.Faults;
import io.fairlead.core.intent.Intent;
import io.fairlead.core.service.DomainLifecycle;
import io.fairlead.core.testing.Documents;
import io.fairlead.core.testing.TestEngine;
import io.fairlead.kit.error.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What was asked is done, whenever the daemon is killed: before and after every act of a request, and once more at
 * every act of the next daemon. Each request's first act writes the intent. A daemon that is killed before it leaves
 * everything as it was; after it, the next daemon does what was asked.
 */
class FulfilmentTest {
    private static final UUID C = Documents.uuidOf("c");
    private static final int ACTS_OF_A_TAKE_OVER = 6;

    /** One request, or one end of a guest, and what must come of it. */
    private enum Story {
        START("off", "runs", engine -> engine.define("c"), engine -> engine.start("c")),
        CREATE("gone", "runs", engine -> {}, engine -> engine.create("c")),
        CREATE_AUTODESTROY("gone", "gone", engine -> {}, engine -> engine.get()
                .lifecycle()
                .create(Documents.named("c"), new StartOptions(false, true, new Object(), List.of()))),
        DESTROY("runs", "off DESTROYED", Story::defineReviving, engine -> lifecycle(engine)
                .destroy(domain(engine))),
        DESTROY_TRANSIENT("runs", "gone", Story::createReviving, engine -> lifecycle(engine)
                .destroy(domain(engine))),
        DESTROY_BETWEEN_LIVES("runs", "gone", Story::createWaiting, engine -> lifecycle(engine)
                .destroy(domain(engine))),
        RESET("runs", "runs", engine -> engine.create("c"), engine -> lifecycle(engine)
                .reset(domain(engine))),
        SHUTDOWN_THAT_FAILS("off CRASHED", "off SHUTDOWN", Story::defineAndStart, engine -> {
            try {
                lifecycle(engine).shutdown(domain(engine), ShutdownWay.AUTO);
            } finally {
                engine.backend.end(C, 3);
            }
        }),
        REBOOT_OF_A_PLAIN_INIT("off SHUTDOWN", "runs", Story::defineAndStart, engine -> {
            try {
                lifecycle(engine).reboot(domain(engine), ShutdownWay.AUTO);
            } finally {
                engine.backend.end(C, 0);
            }
        }),
        OWN_REBOOT("runs", "runs", engine -> engine.create("c"), engine -> engine.backend.end(C, 129)),
        CRASH_THAT_RESTARTS("runs", "runs", Story::createReviving, engine -> engine.backend.end(C, 3)),
        SECOND_CRASH("runs", "runs", Story::createCrashed, engine -> engine.backend.end(C, 3)),
        CRASH("off CRASHED", "off CRASHED", Story::defineAndStart, engine -> engine.backend.end(C, 3)),
        POWER_OFF("gone", "gone", engine -> engine.create("c"), engine -> engine.backend.end(C, 0)),
        UNDEFINE_WHILE_IT_RUNS("runs", "runs", Story::defineReviving, engine -> {
            engine.get().definitions().undefine(domain(engine), false);
            engine.backend.end(C, 3);
        });

        private final String before;
        private final String after;
        private final Consumer<TestEngine> setUp;
        private final Consumer<TestEngine> act;

        Story(String before, String after, Consumer<TestEngine> setUp, Consumer<TestEngine> act) {
            this.before = before;
            this.after = after;
            this.setUp = setUp;
            this.act = act;
        }

        private static void defineAndStart(TestEngine engine) {
            engine.define("c");
            engine.start("c");
        }

        private static void defineReviving(TestEngine engine) {
            engine.get().definitions().define(Documents.with("c", "on_crash", "restart"));
            engine.start("c");
        }

        private static void createReviving(TestEngine engine) {
            lifecycle(engine).create(Documents.with("c", "on_crash", "restart"), StartOptions.PLAIN);
        }

        /** It has crashed once, so that the next restart waits. */
        private static void createCrashed(TestEngine engine) {
            createReviving(engine);
            int first = domain(engine).status().id();
            engine.backend.end(C, 3);
            TestEngine.await(() -> domain(engine).status().id() != first);
            engine.awaitCalm();
        }

        private static void createWaiting(TestEngine engine) {
            createCrashed(engine);
            engine.backend.end(C, 3);
            TestEngine.await(() -> domain(engine).status().state() instanceof DomainState.Starting);
        }
    }

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void request_whenTheDaemonIsKilledAtAnyAct_isFulfilledByTheNext(Story story) throws IOException {
        int n = 0;
        while (killedAt(story, ++n, Faults.Kind.KILL_BEFORE, 0)) {
            killedAt(story, n, Faults.Kind.KILL_AFTER, 0);
            for (int m = 1; m <= ACTS_OF_A_TAKE_OVER; m++) {
                killedAt(story, n, Faults.Kind.KILL_AFTER, m);
            }
        }
        assertTrue(n > 2, "the story has become too short: %d acts".formatted(n));
    }

    /**
     * @param again the act of the next daemon at which that is killed, too; 0 for none
     * @return false if the story has fewer acts
     */
    private boolean killedAt(Story story, int n, Faults.Kind kind, int again) throws IOException {
        Path state = Files.createDirectory(directory.resolve("%d-%s-%d".formatted(n, kind, again)));
        try (TestEngine engine = new TestEngine(state)) {
            story.setUp.accept(engine);
            int before = engine.faults.count();
            engine.faults.arm(n, kind);
            try {
                story.act.accept(engine);
                awaitActs(engine, story);
            } catch (DaemonKilled | EngineException e) {
                // the daemon is dead
            }
            boolean reached = engine.faults.count() - before >= n;
            String where = "%s %s act %d of %s".formatted(story, kind, n, engine.faults.acts());
            engine.restartUnadopted();
            engine.faults.arm(again == 0 ? Integer.MAX_VALUE / 2 : again, Faults.Kind.KILL_AFTER);
            try {
                engine.adopt();
                engine.awaitRest();
            } catch (DaemonKilled e) {
                // that daemon, too, is dead
            }
            if (engine.faults.dead()) {
                engine.restart();
                engine.awaitRest();
            }
            boolean noted = n > 1 || kind == Faults.Kind.KILL_AFTER;
            assertEquals(noted ? story.after : story.before, now(engine), where + ", then at " + again);
            assertEquals(List.of(), engine.backend.leftOver(), where);
            return reached;
        }
    }

    /** Until the engine has done all in the background, or is dead. An owner that stays keeps its domain. */
    private static void awaitActs(TestEngine engine, Story story) {
        String then = story == Story.CREATE_AUTODESTROY ? "runs" : story.after;
        TestEngine.await(() -> engine.faults.dead() || now(engine).equals(then) && engine.isCalm());
    }

    /** What a client sees, which must also be what the back end and the disk say. */
    private static String now(TestEngine engine) {
        var found = engine.get().registry().find(C);
        boolean runs = engine.backend.running().contains(C);
        if (found.isEmpty()) {
            return runs ? "runs unseen" : "gone";
        }
        DomainStatus status = found.get().status();
        Intent intent = status.intent();
        if (status.active()) {
            return runs && intent.wantsRun() ? "runs" : "runs not as it should: %s, %s".formatted(runs, intent);
        }
        if (runs || intent.wantsRun()) {
            return "off not as it should: %s, %s".formatted(runs, intent);
        }
        return intent.lastEnd().map(end -> "off " + end.reason()).orElse("off");
    }

    private static DomainLifecycle lifecycle(TestEngine engine) {
        return engine.get().lifecycle();
    }

    private static Domain domain(TestEngine engine) {
        return engine.get().registry().get(C);
    }
}
