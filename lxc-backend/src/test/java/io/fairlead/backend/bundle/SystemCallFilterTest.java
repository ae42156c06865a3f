package io.fairlead.backend.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SystemCallFilterTest {
    private static final Set<String> USUAL =
            Set.of("SYS_ADMIN", "SYS_BOOT", "BPF", "PERFMON", "DAC_READ_SEARCH", "SYS_RAWIO", "SYS_PACCT");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kexec_load",
                "init_module",
                "open_by_handle_at",
                "bpf",
                "perf_event_open",
                "userfaultfd",
                "keyctl",
                "add_key",
                "swapon",
                "clock_settime",
                "iopl",
                "acct",
                "io_uring_setup"
            })
    void of_whenTheDefinitionNamesNothing_refuses(String call) {
        assertTrue(refuses(USUAL, Set.of(), call));
    }

    @ParameterizedTest
    @CsvSource({
        "SYS_BOOT, kexec_load",
        "SYS_MODULE, finit_module",
        "DAC_READ_SEARCH, open_by_handle_at",
        "BPF, bpf",
        "PERFMON, perf_event_open",
        "SYS_TIME, settimeofday",
        "SYS_RAWIO, ioperm"
    })
    void of_whenTheDefinitionNamesTheCapability_allowsItsCalls(String capability, String call) {
        assertFalse(refuses(Set.of(capability), Set.of(capability), call));
    }

    @Test
    void of_whenTheGuestMayNotAdminister_refusesNewUserNamespaces() {
        assertTrue(refuses(Set.of(), Set.of(), "clone3"));
        assertFalse(refuses(USUAL, Set.of(), "clone3"));
    }

    @Test
    void of_always_coversTheOtherCallTablesOfTheProcessor() {
        assertEquals(
                Set.of("SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_X32"),
                Set.copyOf(SystemCallFilter.of(USUAL, Set.of()).architectures()));
    }

    private static boolean refuses(Set<String> granted, Set<String> named, String call) {
        return SystemCallFilter.of(granted, named).syscalls().stream()
                .anyMatch(rule -> rule.names().contains(call));
    }
}
