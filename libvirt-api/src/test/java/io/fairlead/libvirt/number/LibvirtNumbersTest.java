package io.fairlead.libvirt.number;

import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.fairlead.core.domain.DomainState;
import io.fairlead.core.domain.DomainState.RunningReason;
import io.fairlead.core.event.LifecycleChange;
import io.fairlead.core.intent.StopReason;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.kit.error.ErrorDomain;
import io.fairlead.storage.driver.VolumeKind;
import io.fairlead.storage.pool.PoolEvent;
import io.fairlead.xml.domain.MetadataKind;
import io.fairlead.xml.domain.model.LifecycleAction;
import io.fairlead.xml.domain.model.LifecycleEvent;
import io.fairlead.xml.tree.XmlErrorKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every number that a client gets for a value of the engine is that of libvirt's constant of the same meaning. */
class LibvirtNumbersTest {
    private static final Map<String, Integer> CONSTANTS = constants();

    /** Where our name is not libvirt's. */
    private static final Map<String, String> OTHER_NAMES = Map.of(
            "DOMAIN_EXISTS", "DOM_EXIST",
            "NO_STORAGE_VOLUME", "NO_STORAGE_VOL",
            "STORAGE_VOLUME_EXISTS", "STORAGE_VOL_EXIST",
            "NODE_DEVICE", "NODEDEV",
            "DIRECTORY", "DIR",
            "RENAME_RESTART", "RESTART_RENAME",
            "CALL_ARGUMENT", "INVALID_ARG",
            "NO_METADATA", "NO_DOMAIN_METADATA",
            "INVALID_SCHEMA", "XML_INVALID_SCHEMA");

    private static Map<String, Integer> constants() {
        try (var in = LibvirtNumbersTest.class.getResourceAsStream("/golden/numbers.tsv")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t"))
                    .collect(toMap(parts -> parts[0], parts -> Integer.valueOf(parts[1])));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertNumber(String prefix, Enum<?> value, int number) {
        String name = prefix + OTHER_NAMES.getOrDefault(value.name(), value.name());
        assertNotNull(CONSTANTS.get(name), () -> "libvirt has no constant " + name);
        assertEquals(CONSTANTS.get(name), number, name);
    }

    @ParameterizedTest
    @EnumSource
    void errorCode_isLibvirts(ErrorCode code) {
        assertNumber("VIR_ERR_", code, ErrorNumbers.of(code));
    }

    @ParameterizedTest
    @EnumSource
    void errorDomain_isLibvirts(ErrorDomain domain) {
        assertNumber("VIR_FROM_", domain, ErrorNumbers.of(domain));
    }

    @ParameterizedTest
    @EnumSource
    void kindOfARefusedDocument_isLibvirts(XmlErrorKind kind) {
        assertNumber("VIR_ERR_", kind, ErrorNumbers.of(kind));
    }

    @ParameterizedTest
    @EnumSource
    void lifecycleChange_isLibvirts(LifecycleChange change) {
        String type = change.name().substring(0, change.name().indexOf('_'));
        assertEquals(CONSTANTS.get("VIR_DOMAIN_EVENT_" + type), EventNumbers.type(change));
        assertNumber("VIR_DOMAIN_EVENT_", change, EventNumbers.detail(change));
    }

    @ParameterizedTest
    @EnumSource
    void poolChange_isLibvirts(PoolEvent.Change change) {
        assertNumber("VIR_STORAGE_POOL_EVENT_", change, EventNumbers.of(change));
    }

    @ParameterizedTest
    @EnumSource
    void metadataKind_isLibvirts(MetadataKind kind) {
        assertNumber("VIR_DOMAIN_METADATA_", kind, DefinitionNumbers.of(kind));
        assertEquals(Optional.of(kind), DefinitionNumbers.metadataKind(DefinitionNumbers.of(kind)));
    }

    @ParameterizedTest
    @EnumSource
    void lifecycleEvent_isLibvirts(LifecycleEvent event) {
        assertNumber("VIR_DOMAIN_LIFECYCLE_", event, DefinitionNumbers.of(event));
        assertEquals(Optional.of(event), DefinitionNumbers.lifecycleEvent(DefinitionNumbers.of(event)));
    }

    @ParameterizedTest
    @EnumSource
    void lifecycleAction_isLibvirts(LifecycleAction action) {
        assertNumber("VIR_DOMAIN_LIFECYCLE_ACTION_", action, DefinitionNumbers.of(action));
        assertEquals(Optional.of(action), DefinitionNumbers.lifecycleAction(DefinitionNumbers.of(action)));
    }

    @Test
    void numberOfNothing_isEmpty() {
        for (int number : new int[] {-1, 6, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            assertEquals(Optional.empty(), DefinitionNumbers.metadataKind(number));
            assertEquals(Optional.empty(), DefinitionNumbers.lifecycleEvent(number));
            assertEquals(Optional.empty(), DefinitionNumbers.lifecycleAction(number));
        }
    }

    @ParameterizedTest
    @EnumSource
    void volumeKind_isLibvirts(VolumeKind kind) {
        assertNumber("VIR_STORAGE_VOL_", kind, VolumeNumbers.of(kind));
    }

    @ParameterizedTest
    @EnumSource
    void stopReason_isLibvirts(StopReason reason) {
        assertNumber("VIR_DOMAIN_SHUTOFF_", reason, DomainStateNumbers.reason(new DomainState.ShutOff(reason)));
    }

    @ParameterizedTest
    @EnumSource
    void runningReason_isLibvirts(RunningReason reason) {
        assertNumber("VIR_DOMAIN_RUNNING_", reason, DomainStateNumbers.reason(new DomainState.Running(reason)));
    }

    /** One state of each class, so that a new one cannot be forgotten. */
    @Test
    void state_isLibvirts() {
        Map<DomainState, List<String>> expected = Map.of(
                new DomainState.Unknown(), List.of("NOSTATE", "NOSTATE_UNKNOWN"),
                new DomainState.ShutOff(StopReason.CRASHED), List.of("SHUTOFF", "SHUTOFF_CRASHED"),
                new DomainState.Starting(), List.of("PAUSED", "PAUSED_STARTING_UP"),
                new DomainState.Running(RunningReason.BOOTED), List.of("RUNNING", "RUNNING_BOOTED"),
                new DomainState.Paused(), List.of("PAUSED", "PAUSED_USER"));

        assertEquals(
                Set.of(DomainState.class.getPermittedSubclasses()),
                expected.keySet().stream().map(Object::getClass).collect(Collectors.toSet()));
        expected.forEach((state, names) -> {
            assertEquals(CONSTANTS.get("VIR_DOMAIN_" + names.get(0)), DomainStateNumbers.state(state), names.get(0));
            assertEquals(CONSTANTS.get("VIR_DOMAIN_" + names.get(1)), DomainStateNumbers.reason(state), names.get(1));
        });
    }

    @Test
    void otherNames_areAllUsed() {
        List<String> names = new ArrayList<>();
        Stream.of(
                        ErrorCode.values(),
                        ErrorDomain.values(),
                        XmlErrorKind.values(),
                        VolumeKind.values(),
                        LifecycleAction.values())
                .flatMap(Stream::of)
                .forEach(value -> names.add(((Enum<?>) value).name()));
        assertEquals(
                Set.of(),
                OTHER_NAMES.keySet().stream()
                        .filter(name -> !names.contains(name))
                        .collect(Collectors.toSet()));
    }
}
