package io.fairlead.backend.bundle;

import io.fairlead.backend.bundle.OciSpec.User;
import io.fairlead.linux.file.RootedTree;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns the names of a user and a group into numbers by the guest's own files, whose content cannot be trusted. */
public final class UserNames {
    private static final int FILE_MAX = 1 << 20;
    private static final long ID_MAX = 0xfffffffeL;
    private static final int ID_FIELD = 2;
    private static final int GROUP_FIELD = 3;
    private static final int MEMBERS_FIELD = 3;
    private static final int HOME_FIELD = 5;

    /** Reads the guest's files. */
    @FunctionalInterface
    public interface Files {
        /**
         * @param path as the guest sees it
         * @throws ErrnoException ENOENT, ENOTDIR
         * @throws IOException if it is longer than the limit or is no regular file
         */
        byte[] read(String path, int limit) throws IOException;
    }

    private UserNames() {}

    /**
     * @param user name or number; null is root
     * @param group name or number; null is the user's own
     */
    static User resolve(RootedTree tree, String user, String group) throws IOException {
        return resolve(tree::readFile, user, group);
    }

    /** As {@link #resolve(RootedTree, String, String)}. */
    public static User resolve(Files tree, String user, String group) throws IOException {
        String wanted = user == null ? "0" : user;
        List<String[]> users =
                isNumber(wanted) && (group != null || wanted.equals("0")) ? List.of() : lines(tree, "/etc/passwd");
        Optional<String[]> entry = find(users, wanted);
        long uid = isNumber(wanted) ? number(wanted) : id(entry, ID_FIELD, "user", wanted, "/etc/passwd");
        long gid;
        if (group == null) {
            gid = entry.isPresent() ? id(entry, GROUP_FIELD, "group of user", wanted, "/etc/passwd") : 0;
        } else if (isNumber(group)) {
            gid = number(group);
        } else {
            gid = id(find(lines(tree, "/etc/group"), group), ID_FIELD, "group", group, "/etc/group");
        }
        return new User(uid, gid, entry.isPresent() && uid != 0 ? memberships(tree, entry.get()[0], gid) : List.of());
    }

    /** The home of the user with that number, or {@code /} if the guest's files name none. */
    public static String home(Files tree, long uid) throws IOException {
        return find(lines(tree, "/etc/passwd"), Long.toString(uid))
                .filter(fields -> fields.length > HOME_FIELD && fields[HOME_FIELD].startsWith("/"))
                .map(fields -> fields[HOME_FIELD])
                .orElse("/");
    }

    private static List<Long> memberships(Files tree, String user, long gid) throws IOException {
        List<Long> groups = new ArrayList<>();
        for (String[] fields : lines(tree, "/etc/group")) {
            if (fields.length > MEMBERS_FIELD
                    && List.of(fields[MEMBERS_FIELD].split(",")).contains(user)
                    && isId(fields[ID_FIELD])
                    && Long.parseLong(fields[ID_FIELD]) != gid) {
                groups.add(Long.parseLong(fields[ID_FIELD]));
            }
        }
        return groups;
    }

    private static Optional<String[]> find(List<String[]> lines, String wanted) throws IOException {
        boolean byNumber = isNumber(wanted);
        long number = byNumber ? number(wanted) : 0;
        for (String[] fields : lines) {
            boolean found = byNumber
                    ? fields.length > ID_FIELD && isId(fields[ID_FIELD]) && Long.parseLong(fields[ID_FIELD]) == number
                    : fields.length > 0 && fields[0].equals(wanted); // a line of colons has no fields
            if (found) {
                return Optional.of(fields);
            }
        }
        return Optional.empty();
    }

    private static long id(Optional<String[]> entry, int field, String kind, String name, String file)
            throws IOException {
        if (entry.isEmpty()) {
            throw new IOException("its %s has no %s %s".formatted(file, kind, name));
        }
        String[] fields = entry.get();
        if (fields.length <= field || !isNumber(fields[field])) {
            throw new IOException("its %s has no number for %s %s".formatted(file, kind, name));
        }
        return number(fields[field]);
    }

    private static List<String[]> lines(Files tree, String file) throws IOException {
        byte[] content;
        try {
            content = tree.read(file, FILE_MAX);
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ENOENT || e.errno() == Errno.ENOTDIR) {
                return List.of();
            }
            throw e;
        }
        return new String(content, StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.split(":"))
                .toList();
    }

    /**
     * Digits are never looked up as a name, however many. Otherwise the guest's own files could map a number that is
     * too large to root (CVE-2024-40635, CVE-2026-46680).
     */
    private static boolean isNumber(String text) {
        return text.matches("[0-9]+");
    }

    private static boolean isId(String text) {
        return text.matches("[0-9]{1,10}") && Long.parseLong(text) <= ID_MAX;
    }

    private static long number(String text) throws IOException {
        if (!isId(text)) {
            throw new IOException("user or group %s (expected: 0..%d)".formatted(text, ID_MAX));
        }
        return Long.parseLong(text);
    }
}
