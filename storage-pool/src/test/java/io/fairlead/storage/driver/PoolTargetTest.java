package io.fairlead.storage.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.storage.directory.DirectoryDriver;
import io.fairlead.storage.logical.LogicalDriver;
import io.fairlead.storage.logical.ThinFileSystem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoolTargetTest {
    private static Stream<PoolDriver> drivers() {
        Path nowhere = Path.of("/nowhere");
        PoolDriver logical = new LogicalDriver(nowhere, nowhere, "test", ThinFileSystem.EXT4);
        return Stream.concat(Stream.of(logical), DirectoryDriver.all().stream());
    }

    private static PoolSpec spec(PoolDriver driver, String target) {
        PoolSpec.Source source = driver.type().equals("netfs")
                ? PoolSpec.Source.exported("host", "/export", "nfs")
                : PoolSpec.Source.on(List.of(Path.of("/dev/sdz")), Optional.of("ext4"));
        return new PoolSpec(
                UUID.randomUUID(), "p1", driver.type(), source, Optional.of(Path.of(target)), Permissions.DEFAULT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/srv/../pool", "/srv/./pool", "/..", "srv/pool", "."})
    void check_whenTheTargetIsNotPlain_refusesItOnEveryDriver(String target) {
        drivers().forEach(driver -> {
            EngineException refusal =
                    assertThrows(EngineException.class, () -> driver.check(spec(driver, target)), driver.type());
            assertEquals(ErrorCode.XML_ERROR, refusal.code(), refusal.getMessage());
            assertTrue(refusal.getMessage().contains("'%s'".formatted(target)), refusal.getMessage());
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"/srv/pool", "/", "/srv/..pool"})
    void check_whenTheTargetIsPlain_takesIt(String target) {
        drivers().forEach(driver -> driver.check(spec(driver, target)));
    }
}
