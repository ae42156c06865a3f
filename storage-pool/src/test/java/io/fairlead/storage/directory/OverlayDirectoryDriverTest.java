package io.fairlead.storage.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.fairlead.linux.testing.HostFeature;
import io.fairlead.linux.testing.NeedsHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NeedsHost({HostFeature.ROOT, HostFeature.OVERLAY})
class OverlayDirectoryDriverTest extends DirectoryDriverContract {
    @TempDir
    Path temporary;

    @Override
    protected Path scratch() throws IOException {
        return temporary.toRealPath();
    }

    /** The steps of a copy after which a daemon may die: what it wrote down, and what it had moved. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void start_whenADaemonDiedFreezingATree_hasTheTreeAsItWas(boolean moved) throws IOException {
        Path base = pool.create(tree("base")).path();
        Files.writeString(base.resolve("file"), "old");
        Files.setAttribute(base, "unix:mode", 0751);
        Path layers = folder().resolve(".fairlead/layers");
        Files.writeString(layers.resolve("abc.from"), "base");
        if (moved) {
            Files.move(base, layers.resolve("abc"));
        }

        pool = driver.start(spec());

        assertEquals(List.of("base"), names());
        assertEquals("old", Files.readString(base.resolve("file")));
        assertEquals(0751, pool.facts("base").mode());
        assertFalse(Files.exists(layers.resolve("abc.from")));
        pool.copy(tree("copy"), "base");
        assertEquals("old", Files.readString(folder().resolve("copy/file")));
    }

    @Test
    void start_whenADaemonDiedDeletingATree_removesItsRest() throws IOException {
        pool.create(tree("base"));
        pool.copy(tree("copy"), "base");
        pool.stop();
        Files.delete(folder().resolve("copy"));

        pool = driver.start(spec());

        assertEquals(List.of("base"), names());
        assertFalse(Files.exists(folder().resolve(".fairlead/trees/copy")));
    }
}
