package io.fairlead.linux.netlink;

import io.fairlead.linux.sys.Fd;

/**
 * What can be set of any link, when it is made and later. A null leaves it as it is, or to the kernel.
 *
 * @param mac null for a new link: the kernel makes one up
 * @param mtu bytes of a packet; each kind has its own range, such as 68..65535
 * @param master index of the bridge whose port the link is; 0 takes it off its bridge
 * @param namespace the network namespace to make the link in, or to move it to; a link that moves loses its addresses,
 *     its routes and its master, and is down
 */
public record LinkSettings(String name, MacAddress mac, Integer mtu, Integer master, Boolean up, Fd namespace) {
    public LinkSettings {
        if (name != null) {
            LinkName.check(name);
        }
        if (mtu != null && mtu < 1) {
            throw new IllegalArgumentException("mtu: %d (expected: above 0)".formatted(mtu));
        }
        if (master != null && master < 0) {
            throw new IllegalArgumentException("master: %d (expected: an index, or 0)".formatted(master));
        }
    }

    /** Nothing is set. */
    public static LinkSettings none() {
        return new LinkSettings(null, null, null, null, null, null);
    }

    public static LinkSettings named(String name) {
        return none().withName(name);
    }

    public LinkSettings withName(String changed) {
        return new LinkSettings(changed, mac, mtu, master, up, namespace);
    }

    public LinkSettings withMac(MacAddress changed) {
        return new LinkSettings(name, changed, mtu, master, up, namespace);
    }

    public LinkSettings withMtu(int changed) {
        return new LinkSettings(name, mac, changed, master, up, namespace);
    }

    public LinkSettings withMaster(int changed) {
        return new LinkSettings(name, mac, mtu, changed, up, namespace);
    }

    public LinkSettings withUp(boolean changed) {
        return new LinkSettings(name, mac, mtu, master, changed, namespace);
    }

    public LinkSettings withNamespace(Fd changed) {
        return new LinkSettings(name, mac, mtu, master, up, changed);
    }
}
