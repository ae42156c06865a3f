package io.fairlead.storage.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExportListTest {
    @Test
    void folders_ofWhatShowmountPrints_areWithoutTheirClients() {
        assertEquals(
                List.of("/srv/all", "/srv/with a space", "/"),
                ExportList.folders(
                        """
                        /srv/all          (everyone)
                        /srv/with a space 10.0.0.0/8,host.example
                        /                 *
                        """));
    }

    @Test
    void folders_ofAnythingElse_areNone() {
        assertEquals(List.of(), ExportList.folders(""));
        assertEquals(List.of(), ExportList.folders("clnt_create: RPC: Program not registered\nrelative client\n"));
    }
}
