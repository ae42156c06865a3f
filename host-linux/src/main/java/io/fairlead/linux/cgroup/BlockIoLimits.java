package io.fairlead.linux.cgroup;

import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.KernelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * Limits of a group's block I/O. Weights work only where the device's scheduler honours them (BFQ, or io.cost on v2);
 * the kernel decides which weight file exists. Weights are v1's, 10..1000. Rates are per second;
 * {@link CgroupLimits#UNLIMITED} lifts them.
 */
public final class BlockIoLimits {
    /** The unit of a device's rate. */
    public enum Rate {
        READ_BYTES("blkio.throttle.read_bps_device", "rbps"),
        WRITE_BYTES("blkio.throttle.write_bps_device", "wbps"),
        READ_OPERATIONS("blkio.throttle.read_iops_device", "riops"),
        WRITE_OPERATIONS("blkio.throttle.write_iops_device", "wiops");

        private final String file;
        private final String key;

        Rate(String file, String key) {
            this.file = file;
            this.key = key;
        }
    }

    private final Cgroup group;
    private final boolean unified;

    BlockIoLimits(Cgroup group, boolean unified) {
        this.group = group;
        this.unified = unified;
    }

    /** Whether this kernel has a weight to set. */
    public boolean hasWeight() {
        return weightFile("") != null;
    }

    public void weight(long weight) throws IOException {
        Path file = required(weightFile(""), "weight");
        KernelFile.write(file, Long.toString(toFile(file, weight)));
    }

    public OptionalLong weight() throws IOException {
        Path file = weightFile("");
        if (file == null) {
            return OptionalLong.empty();
        }
        // "default 100" and then one line per device, or the bare number
        String first = KernelFile.readTrimmed(file).split("\n")[0].replace("default ", "");
        return OptionalLong.of(fromFile(file, Long.parseLong(first)));
    }

    /** @param device {@code major:minor} */
    public void deviceWeight(String device, long weight) throws IOException {
        Path file = required(weightFile("_device"), "device weight");
        KernelFile.write(file, device + " " + toFile(file, weight));
    }

    /** @param device {@code major:minor} of a whole disk */
    public void deviceRate(String device, Rate rate, long perSecond) throws IOException {
        if (unified) {
            String value = perSecond == CgroupLimits.UNLIMITED ? "max" : Long.toString(perSecond);
            KernelFile.write(required(file("io.max"), "rate"), "%s %s=%s".formatted(device, rate.key, value));
        } else {
            long value = perSecond == CgroupLimits.UNLIMITED ? 0 : perSecond;
            KernelFile.write(required(file(rate.file), "rate"), device + " " + value);
        }
    }

    private Path weightFile(String suffix) {
        if (unified) {
            Path plain = file("io.weight");
            return plain != null ? plain : file("io.bfq.weight");
        }
        Path plain = file("blkio.weight" + suffix);
        return plain != null ? plain : file("blkio.bfq.weight" + suffix);
    }

    /** BFQ counts 1..1000 in both versions, io.weight 1..10000. */
    private static long toFile(Path file, long weight) {
        return file.endsWith("io.weight") ? Weights.ioWeight(weight) : weight;
    }

    private static long fromFile(Path file, long value) {
        return file.endsWith("io.weight") ? Weights.blkioWeight(value) : value;
    }

    private Path file(String name) {
        return group.folder(unified ? "io" : "blkio")
                .map(folder -> folder.resolve(name))
                .filter(Files::exists)
                .orElse(null);
    }

    private Path required(Path file, String what) throws ErrnoException {
        if (file == null) {
            throw new ErrnoException(Errno.EOPNOTSUPP, "set", "block I/O %s of %s".formatted(what, group));
        }
        return file;
    }
}
