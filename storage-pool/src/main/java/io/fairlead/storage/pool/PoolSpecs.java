package io.fairlead.storage.pool;

import io.fairlead.kit.error.ErrorCode;
import io.fairlead.storage.driver.Permissions;
import io.fairlead.storage.driver.PoolSpec;
import io.fairlead.storage.driver.StorageErrors;
import io.fairlead.xml.storage.PermissionsElement;
import io.fairlead.xml.storage.PoolSourceElement;
import io.fairlead.xml.storage.StoragePoolDocument;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Turns a pool's XML into the form its driver works with. */
final class PoolSpecs {
    private PoolSpecs() {}

    static PoolSpec of(StoragePoolDocument document) {
        PoolSpec.Source source = source(document.source(), mountOptions(document));
        return new PoolSpec(
                document.uuid(),
                document.name(),
                document.type(),
                source,
                document.targetPath().map(PoolSpecs::path),
                permissions(document.permissions()));
    }

    static PoolSpec.Source source(PoolSourceElement element) {
        return source(element, List.of());
    }

    private static PoolSpec.Source source(PoolSourceElement element, List<String> mountOptions) {
        return new PoolSpec.Source(
                element.devices().stream().map(PoolSpecs::path).toList(),
                element.host(),
                element.directory(),
                element.name(),
                element.format(),
                mountOptions);
    }

    private static List<String> mountOptions(StoragePoolDocument document) {
        List<String> options = new ArrayList<>();
        document.source().protocolVersion().ifPresent(version -> options.add("nfsvers=" + version));
        options.addAll(document.mountOptions());
        return options;
    }

    static Permissions permissions(PermissionsElement element) {
        return new Permissions(element.mode(), element.owner(), element.group());
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw StorageErrors.of(ErrorCode.XML_ERROR, "'%s' is not a path: %s".formatted(text, e.getReason()));
        }
    }
}
