package io.fairlead.linux.cgroup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeightsTest {
    @ParameterizedTest
    @CsvSource({"2,1", "1024,39", "262144,10000", "0,1", "9999999,10000"})
    void cpuWeight_whenSharesAreGiven_isWhatRuntimesSet(long shares, long weight) {
        assertEquals(weight, Weights.cpuWeight(shares));
    }

    @ParameterizedTest
    @CsvSource({"10,1", "100,910", "500,4950", "1000,10000"})
    void ioWeight_whenBlkioWeightIsGiven_isWhatRuntimesSet(long blkio, long weight) {
        assertEquals(weight, Weights.ioWeight(blkio));
    }

    @Test
    void cpuShares_whenConvertedBack_giveTheSameWeight() {
        for (long weight = 1; weight <= 10_000; weight++) {
            assertEquals(weight, Weights.cpuWeight(Weights.cpuShares(weight)));
        }
    }

    @Test
    void blkioWeight_whenConvertedToIoAndBack_isTheSame() {
        for (long weight = 10; weight <= 1_000; weight++) {
            assertEquals(weight, Weights.blkioWeight(Weights.ioWeight(weight)));
        }
    }
}
