package io.fairlead.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.conformance.client.Outcome;
import io.fairlead.conformance.client.Virsh;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * Takes, reverts to and deletes snapshots of a domain {@code d}, one after another, until its daemon is killed. Knows
 * afterwards which there must be, and of which one it cannot say.
 *
 * <p>Threads: runs in one of its own; to be asked when that has ended.
 */
final class SnapshotLoad implements Runnable {
    /** So that there is something to delete, too. */
    private static final int MANY = 5;

    private final Virsh virsh;
    private final String prefix;
    private final Set<String> reported;
    private final Random random;
    private final List<String> wrong = new ArrayList<>();
    private String unsure = "";
    private volatile boolean over;
    private int made;

    /** @param reported those there are before */
    SnapshotLoad(Virsh virsh, String prefix, Set<String> reported, Random random) {
        this.virsh = virsh;
        this.prefix = prefix;
        this.reported = new TreeSet<>(reported);
        this.random = random;
    }

    @Override
    public void run() {
        boolean goesOn = true;
        while (goesOn) {
            goesOn = step();
        }
    }

    private boolean step() {
        int dice = random.nextInt(10);
        if (reported.isEmpty() || dice < 4 && reported.size() < MANY) {
            unsure = prefix + "-" + made++;
            return did(virsh.run("snapshot-create-as", "d", unsure), true);
        }
        String name = List.copyOf(reported).get(random.nextInt(reported.size()));
        if (dice < 8) {
            return did(virsh.run("snapshot-revert", "d", name, "--running"), false);
        }
        reported.remove(name);
        unsure = name;
        return did(virsh.run("snapshot-delete", "d", name), false);
    }

    /** The daemon is about to be killed: from now on calls may fail, in any words of virsh's. */
    void over() {
        over = true;
    }

    /** False once the daemon is gone. */
    private boolean did(Outcome outcome, boolean makes) {
        if (outcome.exit() == 0) {
            if (makes) {
                reported.add(unsure);
            }
            unsure = "";
            return true;
        }
        if (!over) {
            wrong.add(outcome.toString());
        }
        return false;
    }

    /** @param listed the listed snapshots, after a new daemon has started */
    void check(Set<String> listed) {
        assertEquals(List.of(), wrong);
        assertTrue(listed.containsAll(reported), listed + " lacks some of " + reported);
        Set<String> more = new TreeSet<>(listed);
        more.removeAll(reported);
        more.remove(unsure);
        assertEquals(Set.of(), more);
    }
}
