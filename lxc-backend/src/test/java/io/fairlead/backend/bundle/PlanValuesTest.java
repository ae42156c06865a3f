package io.fairlead.backend.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fairlead.backend.bundle.Confinement.Filter;
import io.fairlead.backend.bundle.Confinement.NewPrivileges;
import io.fairlead.backend.bundle.GuestPlan.HostNode;
import io.fairlead.backend.bundle.GuestPlan.Storage;
import io.fairlead.core.backend.LaunchRequest;
import io.fairlead.core.backend.Stdio;
import io.fairlead.core.backend.TerminalSize;
import io.fairlead.linux.cgroup.CgroupLayout;
import io.fairlead.linux.process.ResourceLimit;
import io.fairlead.linux.process.ResourceLimit.Resource;
import io.fairlead.xml.domain.DomainDocument;
import io.fairlead.xml.domain.model.Features.CapabilityPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values of a plan that no libvirt definition can set, and their way into the configuration. */
class PlanValuesTest {
    private static GuestPlan plan(String elements) {
        return PlanReader.read(DomainDocument.parse(
                """
                <domain type='lxc'><name>d</name><memory>65536</memory>
                  <os><type>exe</type><init>/x</init></os>%s
                </domain>
                """
                        .formatted(elements)));
    }

    private static GuestPlan with(GuestPlan plan, Confinement confinement, Storage storage) {
        return new GuestPlan(
                plan.definition(),
                plan.identity(),
                plan.init(),
                plan.stdio(),
                storage,
                plan.users(),
                plan.sharing(),
                confinement,
                plan.limits());
    }

    private static JsonNode configuration(GuestPlan plan, LaunchRequest request) throws IOException {
        BundleBuilder builder =
                new BundleBuilder(CgroupLayout.detect(), true, name -> Optional.empty(), Set.of("CHOWN", "SYS_ADMIN"));
        try (Bundle bundle = builder.begin(plan, request)) {
            return new ObjectMapper()
                    .readTree(builder.complete(bundle, Path.of("/unused"), "/group")
                            .json());
        }
    }

    @ParameterizedTest
    @CsvSource({"allow, FOR_ROOT", "default, FOR_ROOT", "deny, NONE"})
    void of_aDefinitionsPolicy_decidesOnNewPrivileges(String policy, NewPrivileges expected) {
        assertEquals(
                expected,
                plan("<features><capabilities policy='%s'/></features>".formatted(policy))
                        .confinement()
                        .newPrivileges());
    }

    @Test
    void forbiddenTo_eachUser_dependsOnTheValue() {
        assertTrue(NewPrivileges.NONE.forbiddenTo(0));
        assertFalse(NewPrivileges.FOR_ROOT.forbiddenTo(0));
        assertTrue(NewPrivileges.FOR_ROOT.forbiddenTo(33));
        assertFalse(NewPrivileges.FOR_ALL.forbiddenTo(33));
    }

    @Test
    void configuration_ofOtherValues_containsThem() throws IOException {
        GuestPlan plan = plan("");
        Confinement other = new Confinement(
                CapabilityPolicy.DENY,
                Map.of(),
                NewPrivileges.FOR_ALL,
                Filter.OFF,
                List.of("/proc/hidden"),
                List.of("/proc/fixed"),
                Map.of(Resource.NOFILE, new ResourceLimit(10, 20), Resource.STACK, new ResourceLimit(1, 2)),
                Map.of("net.ipv4.ip_forward", "1"),
                "slave");
        Storage storage = new Storage(
                plan.filesystems(), List.of(), List.of(new HostNode("/dev/nothing", "/dev/null", false, "rw")));

        JsonNode spec = configuration(with(plan, other, storage), LaunchRequest.PLAIN);

        assertFalse(spec.at("/process/noNewPrivileges").asBoolean(), "new privileges are not tied to the capabilities");
        assertNull(spec.get("linux").get("seccomp"));
        assertEquals("[\"/proc/hidden\"]", spec.at("/linux/maskedPaths").toString());
        assertEquals("/proc/fixed", spec.at("/linux/readonlyPaths/0").asText());
        assertEquals("1", spec.at("/linux/sysctl/net.ipv4.ip_forward").asText());
        assertEquals("slave", spec.at("/linux/rootfsPropagation").asText());
        assertEquals("/dev/nothing", spec.at("/linux/devices/0/path").asText());
        assertEquals(3, spec.at("/linux/devices/0/minor").asInt());
        String limits = spec.at("/process/rlimits").toString();
        assertTrue(limits.contains("{\"type\":\"RLIMIT_NOFILE\",\"hard\":20,\"soft\":10}"), limits);
        assertTrue(limits.contains("{\"type\":\"RLIMIT_STACK\",\"hard\":2,\"soft\":1}"), limits);
    }

    @Test
    void configuration_ofEachKindOfStreams_tellsTheRuntime() throws IOException {
        GuestPlan plan = plan("");
        JsonNode usual = configuration(plan, LaunchRequest.PLAIN);
        assertTrue(usual.at("/process/terminal").asBoolean());
        assertNull(usual.get("process").get("consoleSize"));
        JsonNode pipes = configuration(plan, LaunchRequest.PLAIN.with(new Stdio.Pipes(Stdio.Input.OPEN)));
        assertFalse(pipes.at("/process/terminal").asBoolean());
        JsonNode sized = configuration(plan, LaunchRequest.PLAIN.with(new Stdio.Terminal(new TerminalSize(24, 80))));
        assertEquals(
                "{\"height\":24,\"width\":80}", sized.at("/process/consoleSize").toString());
    }

    @Test
    void configuration_ofAnotherBaseOfTheEnvironment_keepsTheDefinitionsVariables() throws IOException {
        GuestPlan plan = PlanReader.read(
                DomainDocument.parse(
                        """
                <domain type='lxc'><name>d</name><memory>65536</memory>
                  <os><type>exe</type><init>/x</init><initenv name='A'>b</initenv></os>
                </domain>
                """));
        JsonNode spec = configuration(plan, LaunchRequest.PLAIN.withEnvironment(List.of("PATH=/usr/bin")));
        assertEquals("[\"PATH=/usr/bin\",\"A=b\"]", spec.at("/process/env").toString());
    }
}
