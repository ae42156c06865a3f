package io.fairlead.backend.bundle;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.fairlead.core.backend.TerminalSize;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/**
 * The used part of config.json, as in the Open Container Initiative's runtime specification 1.0. Field names are the
 * specification's; absent parts are null and left out.
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record OciSpec(String ociVersion, Process process, Root root, String hostname, List<Mount> mounts, Linux linux) {
    private static final ObjectWriter WRITER = new ObjectMapper()
            .setDefaultPropertyInclusion(JsonInclude.Include.NON_EMPTY)
            .writer(SerializationFeature.INDENT_OUTPUT);

    public record Process(
            boolean terminal,
            ConsoleSize consoleSize,
            User user,
            List<String> args,
            List<String> env,
            String cwd,
            Capabilities capabilities,
            List<Rlimit> rlimits,
            boolean noNewPrivileges) {}

    /** The terminal's size before the first instruction. */
    public record ConsoleSize(int height, int width) {
        static ConsoleSize of(TerminalSize size) {
            return new ConsoleSize(size.rows(), size.columns());
        }
    }

    public record User(long uid, long gid, List<Long> additionalGids) {}

    public record Capabilities(List<String> bounding, List<String> effective, List<String> permitted) {}

    /** Limits are unsigned 64-bit numbers; all bits set means none. */
    public record Rlimit(String type, BigInteger hard, BigInteger soft) {}

    public record Root(String path, boolean readonly) {}

    public record Mount(String destination, String type, String source, List<String> options) {}

    public record Linux(
            List<IdMapping> uidMappings,
            List<IdMapping> gidMappings,
            List<Namespace> namespaces,
            List<Device> devices,
            String cgroupsPath,
            Resources resources,
            String rootfsPropagation,
            Map<String, String> sysctl,
            Seccomp seccomp,
            List<String> maskedPaths,
            List<String> readonlyPaths,
            Personality personality) {}

    public record IdMapping(
            @JsonProperty("containerID") long containerId, @JsonProperty("hostID") long hostId, long size) {}

    public record Namespace(String type, String path) {}

    public record Device(String path, String type, long major, long minor, int fileMode, long uid, long gid) {}

    public record Resources(
            List<DeviceRule> devices, Memory memory, Cpu cpu, @JsonProperty("blockIO") BlockIo blockIo) {}

    /** Null numbers mean all devices. */
    public record DeviceRule(boolean allow, String type, Long major, Long minor, String access) {}

    /** In bytes; {@code swap} counts memory and swap together. */
    public record Memory(Long limit, Long reservation, Long swap) {}

    public record Cpu(Long shares, Long quota, Long period, String cpus, String mems) {}

    public record BlockIo(
            Integer weight,
            List<WeightDevice> weightDevice,
            List<Throttle> throttleReadBpsDevice,
            List<Throttle> throttleWriteBpsDevice,
            @JsonProperty("throttleReadIOPSDevice") List<Throttle> throttleReadIopsDevice,
            @JsonProperty("throttleWriteIOPSDevice") List<Throttle> throttleWriteIopsDevice) {}

    public record WeightDevice(long major, long minor, int weight) {}

    public record Throttle(long major, long minor, long rate) {}

    public record Seccomp(
            String defaultAction, Integer defaultErrnoRet, List<String> architectures, List<Syscalls> syscalls) {}

    public record Syscalls(List<String> names, String action, Integer errnoRet, List<SyscallArgument> args) {}

    public record SyscallArgument(int index, long value, Long valueTwo, String op) {}

    public record Personality(String domain) {}

    /** The text of config.json, in UTF-8. */
    public byte[] json() throws IOException {
        return WRITER.writeValueAsBytes(this);
    }
}
