package io.fairlead.conformance.server;

import io.fairlead.conformance.client.Virsh;
import java.nio.file.Path;

/** A running daemon that serves libvirt's protocol on a unix socket. */
public interface Server extends AutoCloseable {

    /** Whether this is libvirt's own driver, against which our cases are checked. */
    boolean isOracle();

    /** The directory the daemon and the files of its cases live below. */
    Path directory();

    Path socket();

    Path readOnlySocket();

    /** The process that serves, on this host. */
    long pid();

    /** The daemon's output so far, for the report of a failed case. */
    String log();

    /** Destroys and undefines every domain and every pool. */
    default void wipe() {
        Virsh virsh = virsh();
        virsh.ok("list", "--name").lines().filter(name -> !name.isBlank()).toList().parallelStream()
                .forEach(name -> virsh.run("destroy", name));
        virsh.ok("list", "--all", "--name")
                .lines()
                .filter(name -> !name.isBlank())
                // Only Fairlead has snapshots of containers, and the option for them.
                .forEach(name -> virsh.ok(
                        isOracle()
                                ? new String[] {"undefine", name}
                                : new String[] {"undefine", name, "--snapshots-metadata"}));
        virsh.ok("pool-list", "--name")
                .lines()
                .filter(name -> !name.isBlank())
                .forEach(name -> virsh.ok("pool-destroy", name.strip()));
        virsh.ok("pool-list", "--all", "--name")
                .lines()
                .filter(name -> !name.isBlank())
                .forEach(name -> virsh.ok("pool-undefine", name.strip()));
    }

    default String uri() {
        return "lxc+unix:///system?socket=" + socket();
    }

    default String readOnlyUri() {
        return "lxc+unix:///system?socket=" + readOnlySocket();
    }

    default Virsh virsh() {
        return new Virsh(uri());
    }

    /** Ends the daemon and everything it runs, and removes its directory. */
    @Override
    void close();
}
