package io.fairlead.storage.layer;

import java.util.Arrays;

/**
 * Paths that were seen, in 16 bytes each, however long they are: only a hash of 64 bits is kept. Two of a million paths
 * share one with a probability of 10^-7; an archive made to have such two loses nothing but its own whiteout.
 */
final class PathSet {
    private static final int FIRST_ROOM = 256;
    /** Takes the place of the hash 0, which marks a free place. */
    private static final long ZERO = 0x9e3779b97f4a7c15L;

    private long[] hashes = new long[FIRST_ROOM];
    private int size;

    /** False if it was there already. */
    boolean add(String path) {
        if (2 * size >= hashes.length) {
            long[] old = hashes;
            hashes = new long[2 * old.length];
            Arrays.stream(old).filter(hash -> hash != 0).forEach(hash -> hashes[place(hash)] = hash);
        }
        long hash = hash(path);
        int place = place(hash);
        boolean added = hashes[place] == 0;
        if (added) {
            hashes[place] = hash;
            size++;
        }
        return added;
    }

    boolean contains(String path) {
        return hashes[place(hash(path))] != 0;
    }

    /** Where it is, or where it would be. */
    private int place(long hash) {
        int place = (int) (hash >>> 32) & (hashes.length - 1);
        while (hashes[place] != 0 && hashes[place] != hash) {
            place = (place + 1) & (hashes.length - 1);
        }
        return place;
    }

    /** FNV-1a, and then the last steps of SplitMix64, which spread it over all bits. */
    private static long hash(String path) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < path.length(); i++) {
            hash = (hash ^ path.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ hash >>> 30) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ hash >>> 27) * 0x94d049bb133111ebL;
        hash ^= hash >>> 31;
        return hash == 0 ? ZERO : hash;
    }
}
