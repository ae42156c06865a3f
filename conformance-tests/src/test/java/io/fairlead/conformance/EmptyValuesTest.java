package io.fairlead.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fairlead.conformance.server.Server;
import io.fairlead.xml.emptied.EmptiedLeaves;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.libvirt.Connect;
import org.libvirt.Domain;
import org.libvirt.LibvirtException;
import org.libvirt.StoragePool;
import org.libvirt.StorageVol;

/** Every value of a valid document, emptied: a daemon treats it as recorded of libvirt's own. */
class EmptyValuesTest {

    @Case
    void define_whenAValueIsEmpty_doesWhatIsRecorded(Server server) throws LibvirtException {
        Map<String, String> recorded = EmptiedLeaves.recorded();
        Map<String, String> leftOut = EmptiedLeaves.leftOut();
        List<String> expected = new ArrayList<>();
        List<String> told = new ArrayList<>();
        Connect connect = new Connect(server.uri());
        try {
            StoragePool pool = connect.storagePoolCreateXML(poolIn(server.directory()), 0);
            for (EmptiedLeaves.Leaf leaf : EmptiedLeaves.all()) {
                if (!leftOut.containsKey(leaf.place())) {
                    expected.add(leaf.place() + " " + recorded.get(leaf.place()));
                    told.add(leaf.place() + " " + outcome(connect, pool, leaf));
                }
            }
            pool.destroy();
        } finally {
            connect.close();
        }

        // As text, so that a new treatment can be recorded from the report.
        assertEquals(String.join("\n", expected), String.join("\n", told));
    }

    private static String poolIn(Path directory) {
        Path target = directory.resolve("emptied");
        if (!target.toFile().isDirectory() && !target.toFile().mkdirs()) {
            throw new AssertionError("cannot make " + target);
        }
        return "<pool type='dir'><name>emptied</name><target><path>%s</path></target></pool>".formatted(target);
    }

    private static String outcome(Connect connect, StoragePool pool, EmptiedLeaves.Leaf leaf) {
        String emptied = define(connect, pool, leaf.emptied());
        if (!emptied.startsWith("ok ")) {
            return emptied;
        }
        return emptied.equals(define(connect, pool, leaf.removed())) ? EmptiedLeaves.ABSENT : EmptiedLeaves.KEPT;
    }

    private static String define(Connect connect, StoragePool pool, String xml) {
        try {
            if (xml.contains("<domain")) {
                Domain domain = connect.domainDefineXML(xml);
                String text = domain.getXMLDesc(0);
                domain.undefine();
                return "ok "
                        + text.replaceAll("<uuid>[^<]*</uuid>", "<uuid/>")
                                .replaceAll("<mac address='52:54:00:[^']*'", "<mac");
            }
            if (xml.contains("<pool")) {
                StoragePool defined = connect.storagePoolDefineXML(xml, 0);
                String text = defined.getXMLDesc(0);
                defined.undefine();
                return "ok " + text.replaceAll("<uuid>[^<]*</uuid>", "<uuid/>");
            }
            StorageVol volume = pool.storageVolCreateXML(xml, 0);
            String text = volume.getXMLDesc(0);
            volume.delete(0);
            return "ok "
                    + text.replaceAll("(?s)<timestamps>.*</timestamps>", "")
                            .replaceAll("<(allocation|physical)[^<]*", "");
        } catch (LibvirtException e) {
            return "%d/%d %s"
                    .formatted(
                            e.getError().getCode().ordinal(),
                            e.getError().getDomain().ordinal(),
                            e.getError().getMessage());
        }
    }
}
