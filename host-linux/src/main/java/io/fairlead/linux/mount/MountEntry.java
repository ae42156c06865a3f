package io.fairlead.linux.mount;

import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.KernelFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One line of {@code /proc/PID/mountinfo} (proc_pid_mountinfo(5)).
 *
 * @param id of this mount, unique on the host at one time
 * @param device {@code major:minor}; of a btrfs not the one that stat(2) tells
 * @param root the folder of the file system that is mounted; {@code /} unless it is a bind mount or a cgroup
 * @param target where
 * @param options of this mount, such as {@code ro}
 * @param propagation such as {@code shared:7} or {@code master:1}; empty for private
 * @param type such as {@code ext4}
 * @param source a device, or any text
 * @param superOptions of the file system
 */
public record MountEntry(
        int id,
        int parentId,
        String device,
        String root,
        Path target,
        List<String> options,
        List<String> propagation,
        String type,
        String source,
        List<String> superOptions) {
    private static final String SEPARATOR = " - ";
    private static final String MOUNT_ID = "mnt_id:";

    static MountEntry parse(String line) {
        int middle = Math.max(0, line.indexOf(SEPARATOR)); // split() would compile it for each of many lines
        String[] left = line.substring(0, middle).split(" ");
        String[] right = line.substring(middle).trim().split(" ");
        if (left.length < 6 || right.length < 3) {
            throw new IllegalArgumentException("not a line of mountinfo: " + line);
        }
        return new MountEntry(
                Integer.parseInt(left[0]),
                Integer.parseInt(left[1]),
                left[2],
                unescape(left[3]),
                Path.of(unescape(left[4])),
                List.of(left[5].split(",")),
                List.of(left).subList(6, left.length),
                unescape(right[1]),
                unescape(right[2]),
                right.length > 3 ? List.of(right[3].split(",")) : List.of());
    }

    /** The id of the mount that an open file was reached by (proc_pid_fdinfo(5)). */
    public static int idOf(Fd file) throws IOException {
        for (String line : KernelFile.readLines(Path.of("/proc/self/fdinfo/" + file.number()))) {
            if (line.startsWith(MOUNT_ID)) {
                return Integer.parseInt(line.substring(MOUNT_ID.length()).trim());
            }
        }
        throw new IOException("the kernel tells no mount of " + file);
    }

    public boolean readOnly() {
        return options.contains("ro");
    }

    /** The value of a {@code name=value} option of the file system. */
    public Optional<String> superOption(String name) {
        return superOptions.stream()
                .filter(option -> option.startsWith(name + "="))
                .map(option -> option.substring(name.length() + 1))
                .findFirst();
    }

    /** The kernel writes space, tab, newline and backslash as three octal digits. */
    private static String unescape(String field) {
        if (field.indexOf('\\') < 0) {
            return field;
        }
        StringBuilder text = new StringBuilder(field.length());
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (c == '\\' && i + 3 < field.length()) {
                text.append((char) Integer.parseInt(field.substring(i + 1, i + 4), 8));
                i += 3;
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }
}
