package io.fairlead.backend.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.core.backend.LaunchRequest;
import io.fairlead.core.volume.MountSpec;
import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.xml.domain.DomainDocument;
import io.fairlead.xml.domain.model.VolumeSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The volumes that a guest may use, and how often. */
class GuestPlanTest {
    private static final VolumeSource VOLUME = new VolumeSource("p", "v");

    private static String filesystem(String target) {
        return "<filesystem type='volume'><source pool='p' volume='v'/><target dir='%s'/></filesystem>"
                .formatted(target);
    }

    private static String disk(String target) {
        return "<disk type='volume' device='disk'><source pool='p' volume='v'/><target dev='%s'/></disk>"
                .formatted(target);
    }

    private static GuestPlan plan(MountSpec.Kind kind, String... devices) {
        String text =
                "<domain type='lxc'><name>d</name><memory>65536</memory><os><type>exe</type><init>/x</init></os><devices>%s</devices></domain>"
                        .formatted(String.join("", devices));
        return PlanReader.read(DomainDocument.parse(text))
                .with(LaunchRequest.of(Map.of(VOLUME, new MountSpec(kind, Path.of("/pool/v"))), List.of(), false));
    }

    private static void refused(String words, MountSpec.Kind kind, String... devices) {
        EngineException refused = assertThrows(EngineException.class, () -> plan(kind, devices));
        assertEquals(ErrorCode.CONFIG_UNSUPPORTED, refused.code());
        assertTrue(refused.getMessage().contains(words), refused.getMessage());
    }

    @Test
    void on_whenATreeOrADeviceIsUsedTwice_takesIt() {
        assertEquals(
                2,
                plan(MountSpec.Kind.TREE, filesystem("/a"), filesystem("/b"))
                        .filesystems()
                        .size());
        assertEquals(
                2, plan(MountSpec.Kind.BLOCK, disk("vda"), disk("vdb")).disks().size());
    }

    @Test
    void read_whenThePartitionIsVeryDeep_answers() {
        String partition = "/a".repeat(100_000);
        String text = "<domain type='lxc'><name>d</name><memory>65536</memory><resource><partition>" + partition
                + "</partition></resource><os><type>exe</type><init>/x</init></os></domain>";

        assertEquals(
                partition,
                PlanReader.read(DomainDocument.parse(text)).identity().partition());
    }

    @Test
    void on_whenAFileIsUsedTwice_isRefused() {
        refused("volume p/v is a file", MountSpec.Kind.FILE, filesystem("/a"), filesystem("/b"));
        refused("volume p/v is a file", MountSpec.Kind.FILE, disk("vda"), disk("vdb"));
        refused("volume p/v is a file", MountSpec.Kind.FILE, filesystem("/a"), disk("vdb"));
    }

    @Test
    void on_whenADiskIsATree_isRefused() {
        refused("disk 'vda' on a tree of files, p/v", MountSpec.Kind.TREE, disk("vda"));
    }
}
