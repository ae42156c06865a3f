package io.fairlead.backend.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuestGroupsTest {
    private static final String UUID = "8f1f2c54-4c2e-4a6b-9d53-2f0a6f1b7c00";

    @ParameterizedTest
    @CsvSource({
        "/fairlead/machine/web-8f1f2c54-4c2e-4a6b-9d53-2f0a6f1b7c00, true",
        "/fairlead/machine/web-8f1f2c54, true",
        "/fairlead/machine, false",
        "/fairlead, false",
        "/, false",
        "/fairlead/machine/web-8f1f2c55-4c2e-4a6b-9d53-2f0a6f1b7c00, false",
        "/fairlead/machine/web-8f1f2c54/below, false"
    })
    void isOf_whenAPathCouldBeAnothers_isFalse(String path, boolean its) {
        assertEquals(its, GuestGroups.isOf(UUID, path));
    }

    @Test
    void isOf_whenTheFolderIsNoGuests_isFalse() {
        assertEquals(false, GuestGroups.isOf("x", "/fairlead/machine/web-x"));
    }
}
