package io.fairlead.backend.bundle;

import io.fairlead.linux.sys.KernelFile;
import io.fairlead.xml.domain.model.HostDevice.Usb;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Finds the node of a USB device by its place or its ids, in sysfs. */
final class UsbNodes {
    private static final Path DEVICES = Path.of("/sys/bus/usb/devices");
    private static final int HEX = 16;
    private static final int DECIMAL = 10;

    private UsbNodes() {}

    /** @throws io.fairlead.kit.error.EngineException XML_ERROR if no device matches, or more than one */
    static String path(Usb wanted) {
        List<String> found;
        try {
            found = find(wanted);
        } catch (IOException e) {
            throw Refusal.of("hostdev type='usb': cannot list the host's USB devices: %s", e.getMessage());
        }
        Refusal.unlessValid(
                found.size() == 1,
                "hostdev type='usb': the host has %d devices like %s (expected: one)",
                found.size(),
                wanted);
        return found.get(0);
    }

    private static List<String> find(Usb wanted) throws IOException {
        List<String> found = new ArrayList<>();
        if (!Files.isDirectory(DEVICES)) {
            return found;
        }
        try (DirectoryStream<Path> devices = Files.newDirectoryStream(DEVICES)) {
            for (Path device : devices) {
                if (Files.exists(device.resolve("busnum")) && matches(device, wanted)) {
                    found.add("/dev/bus/usb/%03d/%03d"
                            .formatted(number(device, "busnum", DECIMAL), number(device, "devnum", DECIMAL)));
                }
            }
        }
        return found;
    }

    private static boolean matches(Path device, Usb wanted) throws IOException {
        return agrees(wanted.bus(), number(device, "busnum", DECIMAL))
                && agrees(wanted.device(), number(device, "devnum", DECIMAL))
                && agrees(wanted.vendor(), number(device, "idVendor", HEX))
                && agrees(wanted.product(), number(device, "idProduct", HEX));
    }

    private static boolean agrees(OptionalInt wanted, int actual) {
        return wanted.isEmpty() || wanted.getAsInt() == actual;
    }

    private static int number(Path device, String file, int radix) throws IOException {
        return Integer.parseInt(KernelFile.readTrimmed(device.resolve(file)), radix);
    }
}
