package io.fairlead.daemon.doctor;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Checks for libvirt clients on this host. None is required: they may be on another host. */
record ClientsCheck(HostFiles host) implements Check {
    private static final int PERL_DEPTH = 5;

    @Override
    public String title() {
        return "Clients";
    }

    @Override
    public List<Line> look() {
        List<Line> lines = new ArrayList<>();
        lines.add(program("virsh", "libvirt-clients"));
        lines.add(program("virt-install", "virtinst"));
        lines.add(program("virt-manager", "virt-manager"));
        lines.add(library(
                "libvirt-python",
                Files.exists(host.at("/usr/lib/python3/dist-packages/libvirt.py")),
                "python3-libvirt"));
        lines.add(library("Sys::Virt", perlModule().isPresent(), "libsys-virt-perl"));
        return lines;
    }

    private Line program(String name, String debianPackage) {
        return host.programs()
                .apply(name)
                .map(path -> Line.ok(name, path.toString()))
                .orElseGet(() -> Line.note(name, "not installed", "apt-get install " + debianPackage));
    }

    private static Line library(String name, boolean there, String debianPackage) {
        return there
                ? Line.ok(name, "installed")
                : Line.note(name, "not installed", "apt-get install " + debianPackage);
    }

    /** Perl keeps compiled modules below a folder of its architecture and version. */
    private Optional<Path> perlModule() {
        PathMatcher module = FileSystems.getDefault().getPathMatcher("glob:**/perl5/*/Sys/Virt.pm");
        try (Stream<Path> files = Files.find(
                host.at("/usr/lib/" + architecture()), PERL_DEPTH, (path, attributes) -> module.matches(path))) {
            return files.findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String architecture() {
        String name = System.getProperty("os.arch");
        return (name.equals("amd64") ? "x86_64" : name) + "-linux-gnu";
    }
}
