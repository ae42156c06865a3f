package io.fairlead.storage.directory;

import io.fairlead.kit.error.ErrorCode;
import io.fairlead.linux.mount.MountTable;
import io.fairlead.linux.mount.OwnMounts;
import io.fairlead.linux.process.Command;
import io.fairlead.linux.process.Programs;
import io.fairlead.storage.driver.PoolDriver;
import io.fairlead.storage.driver.PoolSpec;
import io.fairlead.storage.driver.StorageErrors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code netfs}: a folder that another host exports. Mounted by the mount program, since its helpers (package
 * nfs-common) find out address and version.
 */
final class NetworkSource implements Source {
    private static final Map<String, String> HELPER_PACKAGES =
            Map.of("nfs", "nfs-common", "cifs", "cifs-utils", "glusterfs", "glusterfs-client");

    @Override
    public String type() {
        return "netfs";
    }

    @Override
    public boolean mounts() {
        return true;
    }

    @Override
    public boolean isRemote() {
        return true;
    }

    @Override
    public List<PoolSpec.Source> find(Optional<PoolSpec.Source> where) {
        PoolSpec.Source source = where.orElseThrow(
                () -> StorageErrors.of(ErrorCode.INVALID_ARG, "hostname must be specified for netfs sources"));
        String host = host(source);
        return ExportList.of(host).stream()
                .map(folder -> PoolSpec.Source.exported(host, folder, "nfs"))
                .toList();
    }

    private static String host(PoolSpec.Source source) {
        String host = source.host().orElse("");
        if (host.isEmpty()) {
            throw StorageErrors.of(ErrorCode.XML_ERROR, "missing storage pool source host name");
        }
        if (host.startsWith("-")) {
            throw StorageErrors.of(ErrorCode.XML_ERROR, "source host begins with a dash");
        }
        return host;
    }

    @Override
    public void check(PoolSpec spec) {
        host(spec.source());
        if (spec.source().directory().filter(path -> !path.isEmpty()).isEmpty()) {
            throw StorageErrors.of(ErrorCode.XML_ERROR, "missing storage pool source path");
        }
    }

    @Override
    public void build(PoolSpec spec, PoolDriver.Build build) {
        // exports of another host are not ours to format
    }

    @Override
    public boolean mount(PoolSpec spec, Path target) throws IOException {
        if (MountTable.own().at(target).isPresent()) {
            return false;
        }
        String host = spec.source().host().orElseThrow();
        String directory = spec.source().directory().orElseThrow();
        String format = spec.source().format().orElse("auto");
        String type = format.equals("auto") ? "nfs" : format;
        requireHelper(type);
        String source = type.equals("cifs") ? "//" + host + "/" + directory : host + ":" + directory;
        Command.of("mount", "-o", options(type, spec), "-t", type, source, target.toString())
                .run()
                .orThrow();
        OwnMounts.made(target);
        return true;
    }

    /** The definition's options come last, so that they prevail. */
    private static String options(String type, PoolSpec spec) {
        List<String> options = new ArrayList<>(List.of("nodev"));
        if (type.equals("cifs")) {
            options.add("guest"); // as libvirt has it; else mount.cifs asks for a password
        } else if (type.startsWith("nfs")) {
            options.add("retry=0"); // else mount.nfs goes on for two minutes before it says what is wrong
        }
        options.addAll(spec.source().mountOptions());
        return String.join(",", options);
    }

    /** Without one, mount's own message does not name it. */
    private static void requireHelper(String type) throws IOException {
        String helper = "mount." + type;
        if (Programs.find(helper).isEmpty()) {
            throw new IOException("the program %s is missing (Debian: package %s)"
                    .formatted(helper, HELPER_PACKAGES.getOrDefault(type, "unknown")));
        }
    }
}
