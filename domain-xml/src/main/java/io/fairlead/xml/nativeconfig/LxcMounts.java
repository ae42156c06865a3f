package io.fairlead.xml.nativeconfig;

import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlErrorKind;
import io.fairlead.xml.tree.XmlException;
import io.fairlead.xml.value.ByteSize;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The root and the mount entries, which have the form of fstab. */
final class LxcMounts {
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,18})([a-zA-Z]{0,5})");

    private static final Pattern OCTAL = Pattern.compile("\\\\([0-3][0-7]{2})");

    /** Mounts that every container gets anyway (lxcIsBasicMountLocation). */
    private static final List<String> BASIC = List.of(
            "/proc",
            "/proc/sys",
            "/proc/sys/net/ipv4",
            "/proc/sys/net/ipv6",
            "/sys",
            "/sys/kernel/security",
            "/sys/fs/cgroup",
            "/dev",
            "/dev/pts");

    private LxcMounts() {}

    static XmlElement root(String path) {
        return filesystem(path, "/", false);
    }

    /** The file system of one entry; empty for one that every container has. */
    static Optional<XmlElement> entry(String line) {
        String[] fields = line.strip().split("[ \t]+");
        if (fields.length < 4) {
            throw LxcImport.internal("invalid lxc.mount.entry: '%s'".formatted(line));
        }
        String inside = decoded(fields[1]);
        String target = inside.startsWith("/") ? inside : "/" + inside;
        if (BASIC.contains(target)) {
            return Optional.empty();
        }
        List<String> options = Arrays.asList(fields[3].split(","));
        if (fields[2].equals("tmpfs")) {
            return Optional.of(memory(target, options));
        }
        return Optional.of(filesystem(decoded(fields[0]), target, options.contains("ro")));
    }

    /** White space in fstab is written in octal: {@code \\040} (fstab(5)). */
    private static String decoded(String field) {
        return OCTAL.matcher(field)
                .replaceAll(match -> Matcher.quoteReplacement(Character.toString(Integer.parseInt(match.group(1), 8))));
    }

    private static XmlElement filesystem(String source, String target, boolean readonly) {
        boolean block = source.startsWith("/dev/");
        XmlElement filesystem = XmlElement.of("filesystem")
                .with("type", block ? "block" : "mount")
                .plus(XmlElement.of("source").with(block ? "dev" : "dir", source))
                .plus(XmlElement.of("target").with("dir", target));
        return readonly ? filesystem.plus(XmlElement.of("readonly")) : filesystem;
    }

    private static XmlElement memory(String target, List<String> options) {
        String size = options.stream()
                .filter(option -> option.startsWith("size="))
                .findFirst()
                .orElseThrow(() -> LxcImport.internal("missing tmpfs size, set the size option"))
                .substring("size=".length());
        XmlElement filesystem = XmlElement.of("filesystem")
                .with("type", "ram")
                .plus(XmlElement.of("source")
                        .with("usage", Long.toString(bytes(size) / ByteSize.KIB))
                        .with("units", "KiB"))
                .plus(XmlElement.of("target").with("dir", target));
        return options.contains("ro") ? filesystem.plus(XmlElement.of("readonly")) : filesystem;
    }

    /** A size with an optional unit, in bytes. */
    static long bytes(String size) {
        if (size.endsWith("%")) {
            throw LxcImport.internal("can't convert relative size: '%s'".formatted(size));
        }
        Matcher match = SIZE.matcher(size);
        if (match.matches()) {
            try {
                return ByteSize.bytes(Long.parseLong(match.group(1)), match.group(2));
            } catch (XmlException e) {
                throw new XmlException(XmlErrorKind.INTERNAL_ERROR, "failed to convert size: '%s'".formatted(size), e);
            }
        }
        throw LxcImport.internal("failed to convert size: '%s'".formatted(size));
    }
}
