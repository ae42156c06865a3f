package io.fairlead.thin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.thin.ThinPoolException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Device 0 of a pool: a small thin device that says which pool it is and whose, so that identity travels with the
 * disks. Its first block is text: a line with the format's version, the pool's UUID, and its maker's name.
 */
final class PoolIdentity {
    static final int DEVICE_ID = 0;

    /** It is in no record, as no copy of it is ever made. */
    private static final ThinDevice DEVICE = new ThinDevice(
            "fairlead-identity", DEVICE_ID, 1 << 20, null, "identity", ThinDevice.Stage.CREATED, ThinRole.BASE);

    private static final int BLOCK_BYTES = 4096;
    /** How it begins, in every version. */
    static final String MARK = "fairlead thin pool ";

    private static final String FORMAT = MARK + "1\nuuid %s\nowner %s\n";

    private final ThinPlatform platform;
    private final ThinPoolConfig config;

    PoolIdentity(ThinPlatform platform, ThinPoolConfig config) {
        this.platform = platform;
        this.config = config;
    }

    /** Writes it on a pool without one. @throws ThinPoolException NOT_OURS if the pool says it is another */
    void verify(ThinMapping mapping, String uuid) throws ErrnoException {
        if (!mapping.exists(DEVICE)) {
            platform.deviceMapper().message(config.dmName(), 0, "create_thin " + DEVICE_ID);
        }
        Path node = mapping.map(DEVICE);
        try {
            String found = read(node);
            if (found.isEmpty()) {
                write(node, FORMAT.formatted(uuid, config.owner()));
            } else if (!found.contains("\nuuid " + uuid + "\n")) {
                throw new ThinPoolException(
                        Reason.NOT_OURS,
                        "thin pool %s is another than its records say (expected uuid %s); on it stands: %s"
                                .formatted(config.dmName(), uuid, found.strip().replace('\n', ',')),
                        null);
            }
        } catch (IOException e) {
            throw new ThinPoolException(
                    Reason.IO,
                    "cannot read the identity of thin pool %s: %s".formatted(config.dmName(), e.getMessage()),
                    e);
        } finally {
            mapping.unmap(DEVICE);
        }
    }

    private static String read(Path node) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES);
        try (FileChannel channel = FileChannel.open(node, StandardOpenOption.READ)) {
            while (block.hasRemaining() && channel.read(block) > 0) {
                // A device may give less than was asked for.
            }
        }
        String text = new String(block.array(), 0, block.position(), UTF_8);
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }

    private static void write(Path node, String text) throws IOException {
        ByteBuffer block =
                ByteBuffer.allocate(BLOCK_BYTES).put(text.getBytes(UTF_8)).rewind();
        try (FileChannel channel = FileChannel.open(node, StandardOpenOption.WRITE)) {
            while (block.hasRemaining()) {
                channel.write(block);
            }
            channel.force(true);
        }
    }
}
