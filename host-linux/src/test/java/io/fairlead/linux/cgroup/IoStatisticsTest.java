package io.fairlead.linux.cgroup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fairlead.linux.cgroup.CgroupUsage.DeviceIo;
import java.util.List;
import org.junit.jupiter.api.Test;

class IoStatisticsTest {
    @Test
    void unified_whenADeviceHasNoCounters_leavesItOut() {
        String text = "7:0\n8:0 rbytes=4096 wbytes=8192 rios=1 wios=2 dbytes=0 dios=0\n";
        assertEquals(List.of(new DeviceIo("8:0", 4096, 8192, 1, 2)), IoStatistics.unified(text));
    }

    @Test
    void v1_whenBytesAndOperationsAreInTwoFiles_joinsThem() {
        String bytes = "254:0 Read 4096\n254:0 Write 0\n254:0 Sync 4096\n254:0 Total 4096\nTotal 4096\n";
        String operations = "254:0 Read 3\n254:0 Write 0\n254:0 Total 3\nTotal 3\n";
        assertEquals(List.of(new DeviceIo("254:0", 4096, 0, 3, 0)), IoStatistics.v1(bytes, operations));
    }
}
