package io.fairlead.core.snapshot;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The snapshots of one domain as a tree: each has at most one parent, and none is its own ancestor. Immutable. */
public final class SnapshotTree {
    public static final SnapshotTree EMPTY = new SnapshotTree(new TreeMap<>(), null);

    private final SortedMap<String, Snapshot> byName;
    private final String current;
    /** Children by the parent's name. Made at the first use, because most trees are replaced before. */
    private volatile Map<String, List<Snapshot>> children;

    private SnapshotTree(SortedMap<String, Snapshot> byName, String current) {
        this.byName = Collections.unmodifiableSortedMap(byName);
        this.current = current != null && byName.containsKey(current) ? current : null;
    }

    /** @param current null for none */
    public static SnapshotTree of(Collection<Snapshot> snapshots, String current) {
        SortedMap<String, Snapshot> byName = new TreeMap<>();
        snapshots.forEach(snapshot -> byName.put(snapshot.name(), snapshot));
        return new SnapshotTree(byName, current);
    }

    public boolean isEmpty() {
        return byName.isEmpty();
    }

    public Optional<Snapshot> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The snapshot that was last taken or reverted to. */
    public Optional<Snapshot> current() {
        return current == null ? Optional.empty() : find(current);
    }

    /** By name. */
    public List<Snapshot> all() {
        return List.copyOf(byName.values());
    }

    /** Snapshots without a parent, or whose parent is not in this tree. */
    public List<Snapshot> roots() {
        return byName.values().stream()
                .filter(snapshot -> snapshot.parent().flatMap(this::find).isEmpty())
                .toList();
    }

    /** By name. */
    public List<Snapshot> children(String name) {
        Map<String, List<Snapshot>> known = children;
        if (known == null) {
            known = new HashMap<>();
            for (Snapshot snapshot : byName.values()) {
                if (snapshot.parent().isPresent()) {
                    known.computeIfAbsent(snapshot.parent().get(), parent -> new ArrayList<>())
                            .add(snapshot);
                }
            }
            children = known;
        }
        return Collections.unmodifiableList(known.getOrDefault(name, List.of()));
    }

    /** Children, their children and so on, each once and after its parent. */
    public List<Snapshot> descendants(String name) {
        List<Snapshot> found = new ArrayList<>(children(name));
        Set<String> seen = new HashSet<>(Set.of(name));
        found.forEach(child -> seen.add(child.name()));
        for (int i = 0; i < found.size(); i++) {
            for (Snapshot child : children(found.get(i).name())) {
                // Records edited by hand may contain a circle.
                if (seen.add(child.name())) {
                    found.add(child);
                }
            }
        }
        return found;
    }

    public boolean isLeaf(Snapshot snapshot) {
        return children(snapshot.name()).isEmpty();
    }

    /** Whether {@code ancestor} is the snapshot itself or one of its ancestors. */
    public boolean descends(String name, String ancestor) {
        Set<String> seen = new HashSet<>();
        for (Optional<String> at = Optional.of(name);
                at.isPresent() && seen.add(at.get());
                at = find(at.get()).flatMap(Snapshot::parent)) {
            if (at.get().equals(ancestor)) {
                return true;
            }
        }
        return false;
    }

    /** The whole list, each snapshot after its parent if the parent is in the list. */
    public List<Snapshot> parentsFirst(List<Snapshot> some) {
        List<Snapshot> sorted = new ArrayList<>(some.size());
        Set<String> wanted = new HashSet<>();
        some.forEach(snapshot -> wanted.add(snapshot.name()));
        for (Snapshot root : roots()) {
            List<Snapshot> line = new ArrayList<>(List.of(root));
            line.addAll(descendants(root.name()));
            line.stream().filter(snapshot -> wanted.contains(snapshot.name())).forEach(sorted::add);
        }
        return sorted;
    }

    /** With a snapshot added, or replaced by one of the same name. */
    public SnapshotTree with(Snapshot snapshot) {
        SortedMap<String, Snapshot> changed = new TreeMap<>(byName);
        changed.put(snapshot.name(), snapshot);
        return new SnapshotTree(changed, current);
    }

    public SnapshotTree without(String name) {
        SortedMap<String, Snapshot> changed = new TreeMap<>(byName);
        changed.remove(name);
        return new SnapshotTree(changed, current);
    }

    /** @param name null for none */
    public SnapshotTree withCurrent(String name) {
        return new SnapshotTree(byName, name);
    }
}
