package io.fairlead.daemon.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.fairlead.core.domain.Domain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Checks the code against the map of the modules in docs/architecture.md. */
class ImportRulesTest {
    private static final String ROOT = "io.fairlead.";

    /** Each module's package, and the modules that it may import. The daemon may import all of them. */
    private static final Map<String, Set<String>> MAY_IMPORT = Map.of(
            "xml", Set.of(),
            "rpc", Set.of(),
            "linux", Set.of(),
            "kit", Set.of(),
            "core", Set.of("xml", "kit"),
            "backend", Set.of("core", "xml", "linux", "kit"),
            "thin", Set.of("linux", "kit"),
            "storage", Set.of("core", "xml", "linux", "thin", "kit"),
            "libvirt", Set.of("rpc", "core", "xml", "storage", "kit"),
            "daemon", Set.of("xml", "rpc", "linux", "thin", "kit", "core", "backend", "storage", "libvirt"));

    /** Module, package and imports of one line. */
    private static final Pattern ROW = Pattern.compile("\\| (\\S+) \\| `(\\w+)` \\|[^|]*\\| ([^|]*) \\|");

    /** The methods of a domain that APIs may call. */
    private static final Set<String> LOOKS = Set.of("uuid", "status", "snapshots");

    private static JavaClasses classes;

    @BeforeAll
    static void read() {
        classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(location -> !location.contains("-tests.jar"))
                .importPackages("io.fairlead");
    }

    @Test
    void everyModule_isOnTheMap() {
        Set<String> found = classes.stream()
                .map(type -> type.getPackageName().substring(ROOT.length()).split("\\.")[0])
                .collect(Collectors.toCollection(TreeSet::new));
        found.removeAll(MAY_IMPORT.keySet());

        assertEquals(Set.of(), found, "modules that are not on the map");
    }

    /** A line names allowed modules. Their imports are allowed, too, even if not every module uses that. */
    @Test
    void theTableInTheDocs_saysWhatIsAllowed() throws IOException {
        Map<String, Set<String>> named = namedInTheDocs();
        for (Map.Entry<String, Set<String>> module : MAY_IMPORT.entrySet()) {
            if (module.getKey().equals("daemon")) {
                continue; // everything
            }
            Set<String> line = named.get(module.getKey());
            assertNotNull(line, module.getKey() + " has no line");
            Set<String> closure = new TreeSet<>(line);
            line.forEach(other -> closure.addAll(MAY_IMPORT.get(other)));
            assertEquals(Set.of(), minus(line, module.getValue()), module.getKey() + ": named, but not allowed");
            assertEquals(Set.of(), minus(module.getValue(), closure), module.getKey() + ": allowed, but not named");
        }
    }

    private static Map<String, Set<String>> namedInTheDocs() throws IOException {
        Map<String, String> packages = new TreeMap<>();
        Map<String, String> imports = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("../docs/architecture.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                packages.put(row.group(1), row.group(2));
                imports.put(row.group(2), row.group(3));
            }
        }
        Map<String, Set<String>> named = new TreeMap<>();
        imports.forEach((module, names) -> named.put(
                module,
                Stream.of(names.split("[,;] *"))
                        .filter(packages::containsKey)
                        .map(packages::get)
                        .collect(Collectors.toSet())));
        return named;
    }

    private static Set<String> minus(Set<String> all, Set<String> without) {
        Set<String> rest = new TreeSet<>(all);
        rest.removeAll(without);
        return rest;
    }

    @TestFactory
    List<DynamicTest> modules_importOnlyWhatTheMapAllows() {
        return MAY_IMPORT.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> check(entry.getKey(), entry.getValue())))
                .toList();
    }

    private static void check(String module, Set<String> allowed) {
        Set<String> others = new TreeSet<>(MAY_IMPORT.keySet());
        others.removeAll(allowed);
        others.remove(module);
        noClasses()
                .that()
                .resideInAPackage(ROOT + module + "..")
                .should()
                .dependOnClassesThat(describe("lie in " + others, type -> others.stream()
                        .anyMatch(other -> type.getPackageName().equals(ROOT + other)
                                || type.getPackageName().startsWith(ROOT + other + "."))))
                .allowEmptyShould(true)
                .check(classes);
    }

    @Test
    void packages_haveNoCycles() {
        slices().matching("io.fairlead.(**)").should().beFreeOfCycles().check(classes);
    }

    /** Some of their classes are public for the engine's other packages. */
    @Test
    void engine_isChangedThroughItsServicesOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "core..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + "core.life..", ROOT + "core.snapshot.change..")
                .check(classes);
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "core..")
                .should()
                .callMethodWhere(describe(
                        "changes a domain",
                        call -> call.getTargetOwner().isEquivalentTo(Domain.class) && !LOOKS.contains(call.getName())))
                .check(classes);
    }

    @Test
    void hostLinux_knowsOnlyKernelWords() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "linux..")
                .should()
                .haveNameMatching("(?i).*\\.[^.]*(domain|pool|image)[^.]*")
                .check(classes);
    }

    @Test
    void wireFormats_stayOutOfTheEngine() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + "core..", ROOT + "xml..", ROOT + "backend..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.netty..")
                .allowEmptyShould(true)
                .check(classes);
    }

    /** Where each library that is not for everybody may be used (docs/decisions/0018). */
    @TestFactory
    List<DynamicTest> libraries_stayWhereTheyBelong() {
        return Map.of(
                        "jakarta.xml.bind..", "xml.facts..",
                        "org.apache.commons.exec..", "linux.process..",
                        "com.thaiopensource..", "xml.schema..",
                        "java.sql..", "thin..")
                .entrySet()
                .stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> noClasses()
                        .that()
                        .resideOutsideOfPackage(ROOT + entry.getValue())
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(entry.getKey())
                        .check(classes)))
                .toList();
    }

    @Test
    void everyPackage_saysWhatLivesThere() throws IOException {
        Set<Path> folders;
        try (Stream<Path> files = Files.walk(Path.of(".."))) {
            folders = files.filter(file -> file.toString().matches(".*/src/main/java/.*\\.java"))
                    .map(Path::getParent)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
        folders.removeIf(folder -> Files.exists(folder.resolve("package-info.java")));

        assertEquals(Set.of(), folders, "packages without package-info.java");
    }
}
