package io.fairlead.backend.launch;

import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.fairlead.linux.cgroup.CgroupLayout;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class GuestGroupsTest {
    /** Ending one would kill the other. */
    @Test
    void path_whenNamesAndUuidsLookAlike_differs() throws Exception {
        GuestGroups groups = new GuestGroups(CgroupLayout.detect(), "/fairlead", null);
        String one = groups.path("/machine", "web.1", UUID.fromString("00000000-0000-0000-0000-000000000001"));
        String other = groups.path("/machine", "web_1", UUID.fromString("00000000-0000-0000-0000-000000000002"));
        assertNotEquals(one, other);
    }
}
