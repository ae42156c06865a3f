package io.fairlead.backend.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fairlead.core.backend.LaunchRequest;
import io.fairlead.core.volume.MountSpec;
import io.fairlead.linux.cgroup.CgroupLayout;
import io.fairlead.linux.process.ProcessId;
import io.fairlead.xml.domain.DomainDocument;
import io.fairlead.xml.domain.model.VolumeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One pair of files per case in {@code src/test/resources/bundle}: a definition and its configuration. Parts that
 * depend on the host (its limits, its control groups) are not compared. {@code -Dgolden.update=true} writes the second
 * file of each pair anew.
 */
class GoldenConfigTest {
    private static final Path CASES = Path.of("src/test/resources/bundle");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> CAPABILITIES =
            Set.of("CHOWN", "NET_RAW", "SYS_ADMIN", "SYS_BOOT", "SYS_TIME", "MKNOD", "SYS_MODULE");

    private static final ProcessId OWN = own();

    @TempDir
    private Path root;

    @ParameterizedTest
    @MethodSource("cases")
    void build_whenTheDefinitionIsThis_givesThatConfiguration(String name) throws IOException {
        fillRoot();
        String xml = Files.readString(CASES.resolve(name + ".xml"))
                .replace("@ROOT@", root.toString())
                .replace("@PID@", Long.toString(ProcessHandle.current().pid()));
        BundleBuilder builder = new BundleBuilder(CgroupLayout.detect(), true, other -> Optional.of(OWN), CAPABILITIES);
        Map<VolumeSource, MountSpec> volumes = Map.of(
                new VolumeSource("p", "root"), new MountSpec(MountSpec.Kind.TREE, root),
                new VolumeSource("p", "usr"), new MountSpec(MountSpec.Kind.TREE, Path.of("/usr")));
        String actual;
        try (Bundle bundle =
                builder.begin(builder.plan(DomainDocument.parse(xml)), LaunchRequest.of(volumes, List.of(), false))) {
            OciSpec spec = builder.complete(bundle, root.resolve("unused"), "/fairlead/machine/case");
            actual = withoutHost(new String(spec.json(), StandardCharsets.UTF_8));
        }
        Path golden = CASES.resolve(name + ".json");
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(golden, actual);
        }
        assertEquals(Files.readString(golden), actual);
    }

    static Stream<String> cases() throws IOException {
        try (Stream<Path> files = Files.list(CASES)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".xml"))
                    .map(name -> name.replace(".xml", ""))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    private static ProcessId own() {
        try {
            return ProcessId.of((int) ProcessHandle.current().pid());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void fillRoot() throws IOException {
        Files.createDirectories(root.resolve("etc"));
        Files.createDirectories(root.resolve("srv/inner"));
        Files.createSymbolicLink(root.resolve("link"), Path.of("/srv"));
        Files.writeString(root.resolve("etc/passwd"), "root:x:0:0::/:/bin/sh\nweb:x:33:34::/:/bin/sh\n");
        Files.writeString(root.resolve("etc/group"), "root:x:0:\nweb:x:34:\nlogs:x:40:web\n");
    }

    private String withoutHost(String json) throws IOException {
        String here = Long.toString(ProcessHandle.current().pid());
        ObjectNode spec =
                (ObjectNode) JSON.readTree(json.replace(root.toRealPath().toString(), "@ROOT@")
                        .replaceAll("/proc/" + here + "/fd/\\d+", "@HELD@"));
        ((ObjectNode) spec.get("process")).remove("rlimits");
        ArrayNode mounts = (ArrayNode) spec.get("mounts");
        for (int index = mounts.size() - 1; index >= 0; index--) {
            JsonNode mount = mounts.get(index);
            if (mount.get("destination").asText().startsWith("/sys/fs/cgroup")) {
                mounts.remove(index);
            }
        }
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(spec) + "\n";
    }
}
