package io.fairlead.storage.driver;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorDomain;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VolumeNamesTest {
    @ParameterizedTest
    @ValueSource(strings = {"v1", "web.img", "a b", "ümlaut", "..x", "-rf", ".hidden"})
    void check_whenOnePartOfAPath_passes(String name) {
        assertDoesNotThrow(() -> VolumeNames.check(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ".", "..", "../x", "a/b", "/etc/passwd", "a\nb", "a\0b", ".fairlead", ".fairlead-new-x"})
    void check_whenItCouldLeadElsewhere_isRefused(String name) {
        EngineException refusal = assertThrows(EngineException.class, () -> VolumeNames.check(name));
        assertEquals(ErrorDomain.STORAGE, refusal.domain());
    }

    @ParameterizedTest
    @ValueSource(ints = {256, 1000})
    void check_whenLongerThanAFileName_isRefused(int length) {
        assertThrows(EngineException.class, () -> VolumeNames.check("x".repeat(length)));
    }
}
