package io.fairlead.thin;

import io.fairlead.linux.device.BlockCache;
import io.fairlead.linux.process.Command;
import io.fairlead.linux.process.CommandResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Metadata on a real device; {@code thin_check} (Debian's thin-provisioning-tools) looks it through. */
public final class KernelPoolMetadata implements PoolMetadata {
    /** 16 GiB, the most the kernel uses, at the 100 MB/s of a slow disk, and as much again. */
    private static final Duration LIMIT = Duration.ofMinutes(6);

    @Override
    public boolean isBlank(String device) throws IOException {
        return BlockContent.isZero(Path.of(device), 0, ThinPoolStatus.METADATA_BLOCK_BYTES);
    }

    @Override
    public Optional<String> problem(String device) throws IOException {
        BlockCache.drop(Path.of(device));
        CommandResult result = Command.of("thin_check", device).within(LIMIT).run();
        if (result.succeeded()) {
            return Optional.empty();
        }
        String said = (result.errors() + result.output()).strip();
        return Optional.of(said.isEmpty() ? "thin_check ended with status " + result.status() : said);
    }
}
