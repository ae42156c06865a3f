package io.fairlead.daemon.host;

import io.fairlead.libvirt.node.HostFacts;
import io.fairlead.linux.host.CpuTopology;
import io.fairlead.linux.host.Machine;
import io.fairlead.linux.host.MemoryInfo;
import io.fairlead.linux.sys.KernelFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** This machine. */
public final class LinuxHostFacts implements HostFacts {
    private static final Path MACHINE_ID = Path.of("/etc/machine-id");
    private static final Path SAME_PAGE_MERGING = Path.of("/sys/kernel/mm/ksm");
    private static final Pattern RELEASE = Pattern.compile("(\\d+)\\.(\\d+)(?:\\.(\\d+))?.*");
    private static final Pattern MACHINE_ID_PARTS =
            Pattern.compile("(\\p{XDigit}{8})(\\p{XDigit}{4})(\\p{XDigit}{4})(\\p{XDigit}{4})(\\p{XDigit}{12})");
    private static final long KIB = 1024;

    private final Machine machine;
    private final KernelVersion kernelVersion;
    private final NumaCells cells;

    public LinuxHostFacts() throws IOException {
        machine = Machine.current();
        kernelVersion = kernelVersion(machine.kernelRelease());
        cells = NumaCells.of(machine);
    }

    static KernelVersion kernelVersion(String release) {
        Matcher parts = RELEASE.matcher(release);
        if (!parts.matches()) {
            throw new IllegalArgumentException("kernel release: %s (expected: such as 6.1.0)".formatted(release));
        }
        return new KernelVersion(
                Integer.parseInt(parts.group(1)),
                Integer.parseInt(parts.group(2)),
                parts.group(3) == null ? 0 : Integer.parseInt(parts.group(3)));
    }

    @Override
    public String hostname() {
        return read(Machine::hostName);
    }

    @Override
    public Optional<String> uuid() {
        String product = firmware().system().get("uuid");
        if (product != null) {
            return Optional.of(product.toLowerCase(Locale.ROOT));
        }
        if (!Files.isReadable(MACHINE_ID)) {
            return Optional.empty();
        }
        Matcher id = MACHINE_ID_PARTS.matcher(read(() -> KernelFile.readTrimmed(MACHINE_ID)));
        return id.matches() ? Optional.of(id.replaceFirst("$1-$2-$3-$4-$5")) : Optional.empty();
    }

    @Override
    public KernelVersion kernelVersion() {
        return kernelVersion;
    }

    @Override
    public Node node() {
        CpuTopology topology = machine.topology();
        return new Node(
                machine.architecture(),
                machine.memoryBytes() / KIB,
                topology.cpus().size(),
                machine.cpuMhz(),
                topology.nodes(),
                topology.socketsPerNode(),
                topology.coresPerSocket(),
                topology.threadsPerCore());
    }

    @Override
    public CpuMap cpuMap() {
        BitSet present = read(CpuTopology::presentCpus);
        return new CpuMap(present.length(), read(CpuTopology::onlineCpus));
    }

    @Override
    public Optional<CpuTimes> cpuTimes(int cpu) {
        io.fairlead.linux.host.CpuTimes.Snapshot now = read(io.fairlead.linux.host.CpuTimes::read);
        return Optional.ofNullable(cpu < 0 ? now.all() : now.byCpu().get(cpu))
                .map(times -> new CpuTimes(times.kernel(), times.user(), times.idle(), times.ioWait()));
    }

    @Override
    public Memory memory() {
        MemoryInfo memory = read(MemoryInfo::read);
        return new Memory(memory.total() / KIB, memory.free() / KIB, memory.buffers() / KIB, memory.cached() / KIB);
    }

    @Override
    public List<Cell> cells() {
        return read(cells::all);
    }

    @Override
    public List<Long> freeBytesOfCells() {
        return read(cells::freeBytes);
    }

    @Override
    public Optional<Long> freePages(int cell, int pageKib) {
        return read(() -> cells.freePages(cell, pageKib));
    }

    @Override
    public Map<String, Long> samePageMerging() {
        return Files.isDirectory(SAME_PAGE_MERGING) ? read(LinuxHostFacts::samePageMergingFiles) : Map.of();
    }

    private static SortedMap<String, Long> samePageMergingFiles() throws IOException {
        SortedMap<String, Long> values = new TreeMap<>();
        try (Stream<Path> files = Files.list(SAME_PAGE_MERGING)) {
            for (Path file : files.filter(Files::isReadable).toList()) {
                String text = KernelFile.readTrimmed(file);
                if (text.matches("\\d{1,18}")) {
                    values.put(file.getFileName().toString(), Long.parseLong(text));
                }
            }
        }
        return values;
    }

    @Override
    public Firmware firmware() {
        io.fairlead.linux.host.Firmware firmware = read(io.fairlead.linux.host.Firmware::read);
        return new Firmware(firmware.bios(), firmware.system(), firmware.baseBoard());
    }

    /** Reads the kernel's own files. If they cannot be read, the client gets an error. */
    private static <T> T read(Reading<T> reading) {
        try {
            return reading.now();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read a fact about this host: " + e.getMessage(), e);
        }
    }

    private interface Reading<T> {
        T now() throws IOException;
    }
}
