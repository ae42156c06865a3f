package io.fairlead.core.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Counts the engine's acts on back end, disk and volumes, and makes the n-th one fail or kill the daemon. */
public final class Faults {
    public enum Kind {
        /** The act does not happen and throws. */
        FAIL,
        /** The daemon dies before the act. */
        KILL_BEFORE,
        /** The daemon dies after the act, before it learns of it. */
        KILL_AFTER
    }

    private final List<String> acts = new ArrayList<>();
    private int at = -1;
    private Kind kind;
    private boolean dead;

    /** The n-th act from now on, counting from 1. */
    public synchronized void arm(int n, Kind what) {
        at = acts.size() + n;
        kind = what;
    }

    /** Another daemon starts: it is alive and has no fault. */
    public synchronized void revive() {
        dead = false;
        at = -1;
    }

    /** The daemon dies now: all its further acts fail. */
    public synchronized void die() {
        dead = true;
    }

    public synchronized boolean dead() {
        return dead;
    }

    public synchronized int count() {
        return acts.size();
    }

    /** The acts so far, for messages of tests. */
    public synchronized List<String> acts() {
        return List.copyOf(acts);
    }

    /** Does an act, unless it is the armed one. */
    public <T> T act(String what, RuntimeException failure, Callable<T> act) throws Exception {
        Kind fault = next(what);
        if (fault == Kind.FAIL) {
            throw failure;
        }
        if (fault == Kind.KILL_BEFORE) {
            throw new DaemonKilled(what);
        }
        T result = act.call();
        if (fault == Kind.KILL_AFTER) {
            die(); // not before: the next daemon must not start in the middle of the act
            throw new DaemonKilled(what);
        }
        return result;
    }

    private synchronized Kind next(String what) {
        if (dead) {
            throw new DaemonKilled(what);
        }
        acts.add(what);
        if (acts.size() != at) {
            return null;
        }
        dead = kind == Kind.KILL_BEFORE;
        return kind;
    }
}
