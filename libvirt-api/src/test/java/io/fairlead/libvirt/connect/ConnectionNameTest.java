package io.fairlead.libvirt.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.kit.error.ErrorDomain;
import io.fairlead.rpc.wire.RpcException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionNameTest {
    @ParameterizedTest
    @CsvSource({
        "lxc:///, lxc:///",
        "lxc://, lxc://",
        "lxc:, lxc:",
        "lxc:/, lxc:/",
        "lxc://user@/, lxc://user@/",
        "lxc://:99/system, lxc://:99/system",
        "lxc:///%73ystem, lxc:///%73ystem",
        "lxc:///system#f, lxc:///system#f",
        "lxc:///system, lxc:///system",
        "LXC:///system, lxc:///system",
        "fairlead:///system, fairlead:///system",
        "fairlead:///system?bar=1, fairlead:///system?bar=1",
    })
    void accepted_whenTheSchemeIsOurs_keepsAllButItsCase(String name, String expected) {
        assertEquals(expected, ConnectionName.accepted(name));
    }

    @ParameterizedTest
    @NullAndEmptySource
    void accepted_whenNothingIsNamed_isTheDefault(String name) {
        assertEquals("lxc:///system", ConnectionName.accepted(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"qemu:///system", "lxc", "lxc+unix://", "lxc://other.example.org/system", "//", "/system"})
    void accepted_whenNoDriverFits_refusesAsLibvirtdDoes(String name) {
        RpcException e = assertThrows(RpcException.class, () -> ConnectionName.accepted(name));
        assertEquals(5, e.error().code());
        assertEquals(0, e.error().domain());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lxc:///foo",
                "lxc:///session",
                "lxc:system",
                "lxc:///system/",
                "lxc:////",
                "fairlead:///system/x"
            })
    void accepted_whenThePathIsUnknown_saysWhichToTry(String name) {
        EngineException e = assertThrows(EngineException.class, () -> ConnectionName.accepted(name));
        assertEquals(ErrorCode.INTERNAL_ERROR, e.code());
        assertEquals(ErrorDomain.LXC, e.domain());
    }

    @ParameterizedTest
    @ValueSource(strings = {"lxc:///a b", " lxc:///", "://", "lxc:///%zz", "lxc:///a\\b", "lxc:///\u00e9"})
    void accepted_whenItIsNoUri_refuses(String name) {
        assertEquals(
                1,
                assertThrows(RpcException.class, () -> ConnectionName.accepted(name))
                        .error()
                        .code());
    }
}
