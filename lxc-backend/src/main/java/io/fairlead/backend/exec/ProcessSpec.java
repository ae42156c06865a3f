package io.fairlead.backend.exec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fairlead.backend.bundle.CapabilityPolicy;
import io.fairlead.backend.bundle.OciSpec.User;
import io.fairlead.backend.bundle.UserNames;
import io.fairlead.core.backend.ExecSpec;
import io.fairlead.core.backend.Stdio;
import io.fairlead.core.backend.TerminalSize;
import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.linux.sys.ErrnoException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The process that the runtime is to start, as the OCI runtime specification 1.0 describes it. It is that of the
 * guest's init, with its capabilities, limits and no-new-privileges, and with the changes that the caller wants.
 */
final class ProcessSpec {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HOME = "HOME";

    private final ExecGuest guest;
    private JsonNode init; // read once; guarded by this

    ProcessSpec(ExecGuest guest) {
        this.guest = guest;
    }

    /**
     * The text of process.json.
     *
     * @throws EngineException INVALID_ARG for a user, group or capability that there is not
     */
    byte[] json(ExecSpec spec) throws IOException {
        ObjectNode process = init().deepCopy();
        process.put("terminal", spec.stdio().isTerminal());
        if (spec.stdio() instanceof Stdio.Terminal terminal && !terminal.size().equals(TerminalSize.UNKNOWN)) {
            process.putObject("consoleSize")
                    .put("height", terminal.size().rows())
                    .put("width", terminal.size().columns());
        }
        Map<String, String> environment = environment(process);
        setUser(process, spec, environment);
        put(environment, spec.environment());
        strings(process.putArray("env"), environment.values());
        strings(process.putArray("args"), spec.command());
        if (spec.directory() != null) {
            process.put("cwd", spec.directory());
        }
        if (spec.capabilities() != null) {
            setCapabilities(process, spec.capabilities());
        }
        return JSON.writeValueAsBytes(process);
    }

    private synchronized JsonNode init() throws IOException {
        if (init == null) {
            JsonNode process = JSON.readTree(Files.readAllBytes(guest.config())).get("process");
            if (!(process instanceof ObjectNode)) {
                throw new IOException("%s describes no process".formatted(guest.config()));
            }
            init = process;
        }
        return init;
    }

    /** By name, each with the whole text. */
    private static Map<String, String> environment(ObjectNode process) {
        Map<String, String> environment = new LinkedHashMap<>();
        for (JsonNode variable : process.path("env")) {
            put(environment, Set.of(variable.asText()));
        }
        return environment;
    }

    private static void put(Map<String, String> environment, Collection<String> variables) {
        variables.forEach(variable -> environment.put(variable.split("=", 2)[0], variable));
    }

    private void setUser(ObjectNode process, ExecSpec spec, Map<String, String> environment) throws IOException {
        ObjectNode user = process.withObject("/user");
        Set<Long> groups = new TreeSet<>(spec.groups());
        if (spec.user() == null) {
            user.path("additionalGids").forEach(group -> groups.add(group.asLong()));
        } else {
            String[] names = spec.user().split(":", 2);
            try {
                User found = UserNames.resolve(guest.files(), names[0], names.length > 1 ? names[1] : null);
                user.put("uid", found.uid()).put("gid", found.gid());
                groups.addAll(found.additionalGids());
                environment.put(HOME, HOME + "=" + UserNames.home(guest.files(), found.uid()));
            } catch (ErrnoException e) {
                throw e;
            } catch (IOException e) {
                throw new EngineException(
                        ErrorCode.INVALID_ARG,
                        "cannot start a process in domain %s as user %s: %s"
                                .formatted(guest.name(), spec.user(), e.getMessage()),
                        e);
            }
        }
        ArrayNode all = user.putArray("additionalGids");
        groups.forEach(all::add);
    }

    private void setCapabilities(ObjectNode process, Set<String> wanted) throws IOException {
        Set<String> missing = new TreeSet<>(wanted);
        missing.removeAll(CapabilityPolicy.ownCapabilities());
        if (!missing.isEmpty()) {
            throw new EngineException(
                    ErrorCode.INVALID_ARG,
                    "cannot start a process in domain %s with the capabilities %s: the daemon does not have them"
                            .formatted(guest.name(), String.join(", ", missing)));
        }
        Set<String> names = new LinkedHashSet<>();
        new TreeSet<>(wanted).forEach(name -> names.add("CAP_" + name));
        ObjectNode capabilities = process.putObject("capabilities");
        for (String kind : new String[] {"bounding", "effective", "permitted"}) {
            strings(capabilities.putArray(kind), names);
        }
    }

    private static void strings(ArrayNode array, Collection<String> values) {
        values.forEach(array::add);
    }
}
