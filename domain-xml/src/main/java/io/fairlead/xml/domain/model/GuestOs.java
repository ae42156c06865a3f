package io.fairlead.xml.domain.model;

import java.util.List;
import java.util.Optional;

/**
 * {@code <os>}.
 *
 * @param arch libvirt's name of it: x86_64, i686, aarch64
 * @param init path of pid 1 inside the container
 * @param env added after the fixed variables, in order
 * @param user name or number that init runs as
 * @param cmdline handed to init as LIBVIRT_LXC_CMDLINE
 */
public record GuestOs(
        String type,
        String arch,
        String init,
        List<String> initArgs,
        List<EnvironmentVariable> env,
        Optional<String> directory,
        Optional<String> user,
        Optional<String> group,
        Optional<String> cmdline) {
    /** {@code <initenv name='NAME'>VALUE</initenv>}. */
    public record EnvironmentVariable(String name, String value) {}

    public GuestOs {
        initArgs = List.copyOf(initArgs);
        env = List.copyOf(env);
    }
}
