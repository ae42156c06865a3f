package io.fairlead.storage.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QemuImgTest {
    @Test
    void create_whereTheProgramIsMissing_saysSoInLibvirtsWords() {
        QemuImg none = new QemuImg(name -> Optional.empty());
        EngineException refusal = assertThrows(
                EngineException.class, () -> none.create(Path.of("/nowhere"), "qcow2", 1, ImageOptions.NONE));
        assertEquals(ErrorCode.INTERNAL_ERROR, refusal.code());
        assertTrue(
                refusal.getMessage().contains("creation of non-raw file images is not supported without qemu-img."),
                refusal.getMessage());
    }
}
