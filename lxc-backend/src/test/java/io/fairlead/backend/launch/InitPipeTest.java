package io.fairlead.backend.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class InitPipeTest {
    @Test
    void request_forPowerOff_isInitsStructWithRunLevelZero() {
        ByteBuffer request =
                ByteBuffer.wrap(InitPipe.request(InitPipe.POWER_OFF)).order(ByteOrder.nativeOrder());
        assertEquals(384, request.capacity());
        assertEquals(0x03091969, request.getInt());
        assertEquals(1, request.getInt());
        assertEquals('0', request.getInt());
        assertEquals(0, request.getInt());
    }
}
