package io.fairlead.linux.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Lets User-Mode Linux 6.1 run on processors with AMX, whose state is larger than it knows: a function of its C library
 * is replaced by one of ours, which needs a C compiler there. See {@code uml-xstate.c}.
 */
final class UmlXstate {
    private static final String SOURCE = "uml-xstate.c";

    private UmlXstate() {}

    /** The environment that the kernel needs; empty on other processors. @param folder for files to be made */
    static Map<String, String> environment(Path folder) throws IOException {
        if (!Files.readString(Path.of("/proc/cpuinfo")).contains(" amx_tile")) {
            return Map.of();
        }
        Path library = folder.resolve("uml-xstate.so");
        if (!Files.exists(library)) {
            compile(folder, library);
        }
        return Map.of("LD_PRELOAD", library.toString());
    }

    private static void compile(Path folder, Path library) throws IOException {
        Path source = folder.resolve(SOURCE);
        try (InputStream text = UmlXstate.class.getResourceAsStream(SOURCE)) {
            Files.write(source, text.readAllBytes());
        }
        Process compiler = new ProcessBuilder(
                        "cc", "-shared", "-fPIC", "-O2", "-o", library.toString(), source.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(compiler.getInputStream().readAllBytes(), UTF_8);
        try {
            if (compiler.waitFor() != 0) {
                throw new IOException("cannot compile %s (packages gcc and libc6-dev): %s".formatted(source, said));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while compiling " + source, e);
        }
    }
}
