package io.fairlead.daemon;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;

/**
 * Loads the native libraries of the jars from a folder of their own. Otherwise each of them is copied to a temporary
 * folder at every start, which fails if that is read-only or mounted noexec. The build copies them once, to
 * {@code native} beside the jars. If it did not, each library uses its own way.
 */
final class NativeLibraries {
    private static final String FOLDER = "native";

    /** Resources of the jars, by Java's name of the processor, and their file names. */
    private static final Map<String, Map<String, String>> RESOURCES = Map.of(
            "amd64",
            Map.of(
                    "com/sun/jna/linux-x86-64/libjnidispatch.so", "libjnidispatch.so",
                    "META-INF/native/libnetty_transport_native_epoll_x86_64.so",
                            "libnetty_transport_native_epoll_x86_64.so",
                    "org/sqlite/native/Linux/x86_64/libsqlitejdbc.so", "libsqlitejdbc.so"),
            "aarch64",
            Map.of(
                    "com/sun/jna/linux-aarch64/libjnidispatch.so", "libjnidispatch.so",
                    "META-INF/native/libnetty_transport_native_epoll_aarch_64.so",
                            "libnetty_transport_native_epoll_aarch_64.so",
                    "org/sqlite/native/Linux/aarch64/libsqlitejdbc.so", "libsqlitejdbc.so"));

    private NativeLibraries() {}

    /** Copies the libraries of this machine into a folder, for the build. Arguments: the folder. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        for (Map.Entry<String, String> library :
                RESOURCES.getOrDefault(System.getProperty("os.arch"), Map.of()).entrySet()) {
            copy(library.getKey(), folder.resolve(library.getValue()));
        }
    }

    private static void copy(String resource, Path file) throws IOException {
        try (InputStream library = NativeLibraries.class.getClassLoader().getResourceAsStream(resource)) {
            if (library != null) { // null if the jar has none for this processor
                // Not over the old one, which a running daemon has mapped.
                Path fresh = file.resolveSibling(file.getFileName() + ".new");
                Files.copy(library, fresh, StandardCopyOption.REPLACE_EXISTING);
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }

    /**
     * Sets the properties that tell the libraries the place of their native parts, if those exist. To be called before
     * any of the libraries is used.
     */
    static void use() {
        folder().ifPresent(folder -> {
            set("jna.boot.library.path", folder);
            set("java.library.path", folder); // Netty looks there before it copies
            set("org.sqlite.lib.path", folder);
            set("org.sqlite.lib.name", Path.of("libsqlitejdbc.so"));
        });
    }

    /** A value that an administrator has set is kept. */
    private static void set(String property, Path value) {
        if (System.getProperty(property) == null || property.equals("java.library.path")) {
            System.setProperty(property, value.toString());
        }
    }

    private static Optional<Path> folder() {
        try {
            Path jar = Path.of(NativeLibraries.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return Optional.of(jar.resolveSibling(FOLDER)).filter(Files::isDirectory);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the place of our own program is no path", e);
        }
    }

    /** The message for an administrator if a library is missing for this reason; empty for any other fault. */
    static Optional<String> explain(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnsatisfiedLinkError) {
                return Optional.of(
                        ("a native library cannot be loaded: %s (expected: a folder that programs may be run from; "
                                        + "the build fills %s, and FAIRLEAD_JAVA_OPTS may name others with -Djna.tmpdir, "
                                        + "-Dorg.sqlite.tmpdir and -Dio.netty.native.workdir)")
                                .formatted(
                                        String.valueOf(cause.getMessage())
                                                .lines()
                                                .findFirst()
                                                .orElse(""),
                                        folder().map(Path::toString).orElse(FOLDER + " beside its jars")));
            }
        }
        return Optional.empty();
    }
}
