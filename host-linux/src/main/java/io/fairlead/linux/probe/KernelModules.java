package io.fairlead.linux.probe;

import io.fairlead.linux.host.Machine;
import io.fairlead.linux.sys.KernelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/** The modules that the kernel has built in, has loaded, or could load. */
final class KernelModules {
    private final Set<String> filesystems = new HashSet<>();
    private final Set<String> builtIn;
    private final Set<String> loadable;

    private KernelModules(Set<String> builtIn, Set<String> loadable) {
        this.builtIn = builtIn;
        this.loadable = loadable;
    }

    static KernelModules read() throws IOException {
        Path folder = Path.of("/lib/modules", Machine.runningKernel());
        KernelModules modules =
                new KernelModules(names(folder.resolve("modules.builtin")), names(folder.resolve("modules.dep")));
        for (String line : KernelFile.readLines(Path.of("/proc/filesystems"))) {
            modules.filesystems.add(line.substring(line.indexOf('\t') + 1).trim());
        }
        return modules;
    }

    Finding filesystem(String name) {
        if (filesystems.contains(name)) {
            return Finding.of(name, true, "in the kernel");
        }
        return loadable.contains(normal(name)) ? notLoadedYet(name, name) : absent(name, name);
    }

    /**
     * @param module its file's name without {@code .ko}
     * @param symbol one of its functions; a kernel without module files shows its built-in modules nowhere else
     */
    Finding finding(String name, String module, String symbol) throws IOException {
        String normal = normal(module);
        if (builtIn.contains(normal)) {
            return Finding.of(name, true, "built into the kernel");
        }
        if (Files.isDirectory(Path.of("/sys/module", normal))) {
            return Finding.of(name, true, "in the kernel");
        }
        if (loadable.contains(normal)) {
            return notLoadedYet(name, module);
        }
        return hasSymbol(symbol) ? Finding.of(name, true, "built into the kernel") : absent(name, module);
    }

    private static Finding notLoadedYet(String name, String module) {
        return Finding.of(name, true, "module " + module + ", not loaded yet");
    }

    private static Finding absent(String name, String module) {
        return Finding.of(name, false, "this kernel has no " + module);
    }

    private static boolean hasSymbol(String symbol) throws IOException {
        Path symbols = Path.of("/proc/kallsyms");
        if (!Files.isReadable(symbols)) {
            return false;
        }
        try (Stream<String> lines = Files.lines(symbols)) {
            return lines.anyMatch(line -> line.endsWith(" " + symbol) || line.contains(" " + symbol + "\t"));
        }
    }

    /** Lines such as {@code kernel/fs/xfs/xfs.ko.xz: other modules}; a kernel without modules has no such file. */
    private static Set<String> names(Path index) throws IOException {
        Set<String> names = new HashSet<>();
        if (Files.isReadable(index)) {
            for (String line : Files.readAllLines(index)) {
                String path = line.split(":")[0];
                names.add(normal(path.substring(path.lastIndexOf('/') + 1).replaceFirst("\\.ko.*$", "")));
            }
        }
        return names;
    }

    /** The kernel treats both characters alike in names of modules. */
    private static String normal(String module) {
        return module.replace('-', '_');
    }
}
