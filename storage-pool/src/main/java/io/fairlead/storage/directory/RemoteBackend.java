package io.fairlead.storage.directory;

import static io.fairlead.storage.directory.DirectoryErrors.tried;

import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.linux.mount.SilentMount;
import io.fairlead.storage.driver.Permissions;
import io.fairlead.storage.driver.PoolBackend;
import io.fairlead.storage.driver.PoolUsage;
import io.fairlead.storage.driver.StorageErrors;
import io.fairlead.storage.driver.VolumeContent;
import io.fairlead.storage.driver.VolumeFacts;
import io.fairlead.storage.driver.VolumeSnapshots;
import io.fairlead.storage.driver.VolumeSpec;
import io.fairlead.storage.image.ImageLayer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder on another host. While that host is silent, the kernel makes every call that needs it wait, for hours if
 * need be, so a few clients could take all our threads. So the host is asked for a sign of life before each call. While
 * it gives none, calls are refused, and frequent questions get the last known answer.
 */
final class RemoteBackend implements PoolBackend {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteBackend.class);
    /** Longer than a server under load takes, shorter than a person waits. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration FRESH = Duration.ofSeconds(1);

    private final String pool;
    private final Path target;
    private final DirectoryBackend folder;
    private final Pulse pulse;
    private final AtomicBoolean silent = new AtomicBoolean();
    private volatile PoolUsage last = PoolUsage.NONE;

    RemoteBackend(String pool, Path target, DirectoryBackend folder) {
        this.pool = pool;
        this.target = target;
        this.folder = folder;
        this.pulse = new Pulse(folder::usage, PATIENCE);
    }

    private boolean answers(Duration age) {
        Optional<PoolUsage> answer = pulse.answer(age);
        answer.ifPresent(usage -> last = usage);
        if (silent.compareAndSet(answer.isPresent(), answer.isEmpty())) {
            if (answer.isEmpty()) {
                LOG.warn("the host of pool '{}' has not answered for {} s", pool, PATIENCE.toSeconds());
            } else {
                LOG.info("the host of pool '{}' answers again", pool);
            }
        }
        return answer.isPresent();
    }

    /** The folder, if its host is there. @throws io.fairlead.kit.error.EngineException OPERATION_TIMEOUT */
    private PoolBackend reached() {
        if (!answers(FRESH)) {
            throw StorageErrors.of(
                    ErrorCode.OPERATION_TIMEOUT, "the host of storage pool '%s' does not answer".formatted(pool));
        }
        return folder;
    }

    @Override
    public PoolUsage usage() {
        answers(Duration.ZERO);
        return last;
    }

    @Override
    public Permissions permissions() {
        return answers(FRESH) ? folder.permissions() : Permissions.DEFAULT;
    }

    @Override
    public Optional<Path> folder() {
        return folder.folder();
    }

    @Override
    public boolean owns(String volume) {
        return reached().owns(volume);
    }

    @Override
    public void leave() {
        folder.leave();
    }

    @Override
    public List<VolumeFacts> scan() {
        return reached().scan();
    }

    @Override
    public VolumeFacts facts(String volume) {
        return reached().facts(volume);
    }

    @Override
    public VolumeFacts create(VolumeSpec spec) {
        return reached().create(spec);
    }

    @Override
    public VolumeFacts copy(VolumeSpec spec, String origin) {
        return reached().copy(spec, origin);
    }

    @Override
    public VolumeFacts resize(String volume, long capacityBytes, boolean allocate) {
        return reached().resize(volume, capacityBytes, allocate);
    }

    @Override
    public VolumeFacts convert(VolumeSpec spec, List<ImageLayer> from) {
        return reached().convert(spec, from);
    }

    @Override
    public VolumeFacts resizeImage(String volume, List<ImageLayer> image, long capacityBytes) {
        return reached().resizeImage(volume, image, capacityBytes);
    }

    @Override
    public void scrub(String volume, String pattern) {
        reached().scrub(volume, pattern);
    }

    @Override
    public void fillMounted(String volume) {
        reached().fillMounted(volume);
    }

    @Override
    public void wipe(String volume) {
        reached().wipe(volume);
    }

    @Override
    public VolumeSnapshots snapshots() {
        return reached().snapshots();
    }

    @Override
    public void delete(String volume) {
        reached().delete(volume);
    }

    @Override
    public VolumeContent open(String volume, boolean forWriting) {
        return reached().open(volume, forWriting);
    }

    @Override
    public Path activate(String volume) {
        return reached().activate(volume);
    }

    /** Takes nothing but memory. */
    @Override
    public void deactivate(String volume) {
        folder.deactivate(volume);
    }

    private boolean isThere() {
        try {
            return answers(Duration.ZERO);
        } catch (EngineException e) {
            LOG.warn("pool '{}' cannot be reached: {}", pool, e.getMessage());
            return false;
        }
    }

    @Override
    public void stop() {
        if (isThere()) {
            folder.stop();
            return;
        }
        folder.requireIdle();
        LOG.warn("pool '{}' is stopped while it cannot be reached", pool);
        tried("stop pool '%s'".formatted(pool), () -> {
            SilentMount.abandon(target);
            folder.leave();
            return null;
        });
    }
}
