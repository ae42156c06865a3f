package io.fairlead.linux.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.Fd;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelNetworkStackTest extends NetworkStackContract {
    private final ModelNetwork network = new ModelNetwork();
    private final ModelNetworkStack here = network.namespace();
    private final ModelNetworkStack there = network.namespace();
    private final Fd hereDescriptor = network.descriptor(here);
    private final Fd thereDescriptor = network.descriptor(there);

    @Override
    NetworkStack here() {
        return here;
    }

    @Override
    NetworkStack there() {
        return there;
    }

    @Override
    Fd hereDescriptor() {
        return hereDescriptor;
    }

    @Override
    Fd thereDescriptor() {
        return thereDescriptor;
    }

    @Test
    void change_whenALinkThatIsUpGetsAnotherName_isRefusedAsByOlderKernels() throws IOException {
        here.create(LinkKind.Bridge.plain(), LinkSettings.named("br0").withUp(true));
        int index = here.link("br0").orElseThrow().index();
        assertErrno(Errno.EBUSY, () -> here.change(index, LinkSettings.named("br1")));
    }

    @Test
    void overrun_takesThePlaceOfWhatWasNotReadYet() throws IOException {
        try (NetworkChanges changes = here.subscribe()) {
            here.create(LinkKind.Bridge.plain(), LinkSettings.named("br0"));
            here.overrun();
            assertEquals(List.of(new NetworkChange.Overrun()), changes.await(Duration.ZERO));
        }
    }
}
