package io.fairlead.storage.image;

import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.kit.error.ErrorDomain;
import io.fairlead.linux.process.Command;
import io.fairlead.linux.process.CommandResult;
import io.fairlead.linux.process.Programs;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.OpenFlags;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The program qemu-img (Debian: package qemu-utils). We open each file for it, and name the file's format and its
 * backing files. So it never follows the names of other files in a header, and never believes the header about the
 * file's own format.
 */
public final class QemuImg {
    private static final String PROGRAM = "qemu-img";
    private static final Duration QUICK = Duration.ofMinutes(5);
    private static final Duration COPY = Duration.ofHours(6);
    /** A header can make the program ask for any amount of memory; a sound image of 16 TiB takes a tenth of this. */
    private static final long MEMORY_BYTES = 2L << 30;

    private static final Set<String> MAKES = Set.of("qcow", "qcow2", "qed", "vmdk", "vpc", "vdi");
    private static final Set<String> HAVE_BACKING = Set.of("qcow", "qcow2", "qed", "vmdk");

    private final Function<String, Optional<Path>> programs;

    public QemuImg() {
        this(Programs::find);
    }

    QemuImg(Function<String, Optional<Path>> programs) {
        this.programs = programs;
    }

    /** Whether it can make such images, where it is installed. */
    public static boolean makes(String format) {
        return MAKES.contains(format);
    }

    /** @throws io.fairlead.kit.error.EngineException INTERNAL_ERROR, in libvirt's words */
    public void requireInstalled() {
        program();
    }

    private Path program() {
        return programs.apply(PROGRAM)
                .orElseThrow(() -> new EngineException(
                        ErrorCode.INTERNAL_ERROR,
                        ErrorDomain.STORAGE,
                        "creation of non-raw file images is not supported without qemu-img."
                                + " (Debian: package qemu-utils)",
                        null));
    }

    /** Makes an empty image. A backing file is noted in it, not opened. */
    public void create(Path file, String format, long capacityBytes, ImageOptions options) throws IOException {
        List<String> command = new ArrayList<>(List.of("create", "-q", "-f", format));
        options.backing().ifPresent(backing -> command.addAll(List.of("-u", "-b", backing.path())));
        List<String> more = options(format, options);
        options.backing()
                .filter(backing -> !format.equals("vmdk") && !format.equals("qcow"))
                .ifPresent(backing -> more.add("backing_fmt=" + backing.format()));
        if (!more.isEmpty()) {
            command.addAll(List.of("-o", String.join(",", more)));
        }
        command.addAll(List.of(file.toString(), Long.toString(capacityBytes)));
        run(command, List.of(), QUICK);
    }

    private static List<String> options(String format, ImageOptions options) {
        List<String> more = new ArrayList<>();
        if (format.equals("qcow2")) {
            more.add("compat=" + options.compat());
            if (options.lazyRefcounts()) {
                more.add("lazy_refcounts=on");
            }
            if (options.clusterBytes() > 0) {
                more.add("cluster_size=" + options.clusterBytes());
            }
            if (options.preallocateMetadata()) {
                more.add("preallocation=metadata");
            }
        }
        return more;
    }

    /**
     * Makes an image, or a raw file, with the content of another.
     *
     * @param from the topmost first, then its backing files
     */
    public void convert(List<ImageLayer> from, Path file, String format, ImageOptions options) throws IOException {
        List<String> command = new ArrayList<>(List.of("convert", "-q", "-O", format));
        List<String> more = options(format, options);
        if (!more.isEmpty()) {
            command.addAll(List.of("-o", String.join(",", more)));
        }
        try (OpenLayers open = OpenLayers.of(from, OpenFlags.O_RDONLY)) {
            command.addAll(List.of(open.graph(), file.toString()));
            run(command, open.files, COPY);
        }
    }

    /** @param image the topmost first, then its backing files */
    public void resize(List<ImageLayer> image, long capacityBytes) throws IOException {
        try (OpenLayers open = OpenLayers.of(image, OpenFlags.O_RDWR)) {
            run(List.of("resize", "-q", "--shrink", open.graph(), Long.toString(capacityBytes)), open.files, QUICK);
        }
    }

    private void run(List<String> arguments, List<Fd> files, Duration limit) throws IOException {
        List<String> command = new ArrayList<>(
                List.of("prlimit", "--as=" + MEMORY_BYTES, "--core=0", program().toString()));
        command.addAll(arguments);
        Command run = Command.of(command).within(limit);
        for (int i = 0; i < files.size(); i++) {
            run.descriptor(OpenLayers.FIRST + i, files.get(i).number());
        }
        CommandResult result = run.run();
        if (!result.succeeded()) {
            String said = result.errors().strip().replaceAll("(?s)\\s*\\n\\s*", "; ");
            throw new IOException(said.startsWith(PROGRAM) ? said : PROGRAM + ": " + said);
        }
    }

    /** Files of a chain, opened without following links, and the graph that qemu-img is to make of them. */
    private static final class OpenLayers implements AutoCloseable {
        static final int FIRST = 10;

        private final List<ImageLayer> layers;
        private final List<Fd> files = new ArrayList<>();

        private OpenLayers(List<ImageLayer> layers) {
            this.layers = layers;
        }

        /** @param access to the topmost; the others are read */
        static OpenLayers of(List<ImageLayer> layers, int access) throws IOException {
            OpenLayers open = new OpenLayers(layers);
            try {
                for (ImageLayer layer : layers) {
                    int flags = open.files.isEmpty() ? access : OpenFlags.O_RDONLY;
                    open.files.add(Fd.open(
                            layer.file(), flags | OpenFlags.O_NOFOLLOW | OpenFlags.O_NONBLOCK | OpenFlags.O_NOCTTY));
                }
                return open;
            } catch (IOException e) {
                open.close();
                throw e;
            }
        }

        /**
         * QEMU's form of a block device in JSON; {@code null} below says that there is no backing file, even if the
         * header names one.
         */
        String graph() {
            return "json:" + graph(0);
        }

        private String graph(int layer) {
            if (layer == layers.size()) {
                return "null";
            }
            String format = layers.get(layer).format();
            String below = HAVE_BACKING.contains(format) ? ",\"backing\":" + graph(layer + 1) : "";
            return "{\"driver\":\"%s\",\"file\":{\"driver\":\"file\",\"filename\":\"/proc/self/fd/%d\"}%s}"
                    .formatted(format, FIRST + layer, below);
        }

        @Override
        public void close() {
            files.forEach(Fd::close);
        }
    }
}
