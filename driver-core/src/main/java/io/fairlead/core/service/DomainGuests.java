package io.fairlead.core.service;

import io.fairlead.core.backend.ConsoleMode;
import io.fairlead.core.backend.ConsoleSession;
import io.fairlead.core.backend.Guest;
import io.fairlead.core.backend.LiveFacts;
import io.fairlead.core.backend.MountedFilesystem;
import io.fairlead.core.domain.Domain;
import io.fairlead.core.domain.DomainStatus;
import io.fairlead.core.domain.DomainUsage;
import io.fairlead.core.domain.Life;
import io.fairlead.core.domain.Refusals;
import io.fairlead.xml.domain.DomainDocument;
import io.fairlead.xml.domain.LiveDomainXml;
import io.fairlead.xml.domain.XmlFlags;
import java.util.List;

/**
 * Access to a running guest. Nothing here changes the domain, so no method waits for another change of it. Methods that
 * need a guest throw OPERATION_INVALID when the domain is off.
 */
public final class DomainGuests {
    DomainGuests() {}

    /** @param device the alias of a console, or null for the first */
    public ConsoleSession openConsole(Domain domain, String device, ConsoleMode mode) {
        return guest(domain).openConsole(device, mode);
    }

    /** @param pid counted inside the guest; 1 is init */
    public void signal(Domain domain, long pid, int signal) {
        guest(domain).signal(pid, signal);
    }

    /** Fresh descriptors in the order user, ipc, uts, net, pid, mnt; the caller closes them. */
    public List<Integer> openNamespaces(Domain domain) {
        return guest(domain).openNamespaces();
    }

    public List<MountedFilesystem> filesystems(Domain domain) {
        return guest(domain).filesystems();
    }

    /** The domain's usage; for a domain that is off, the memory it would be given. */
    public DomainUsage usage(Domain domain) {
        return usage(domain, domain.status());
    }

    /** The same, at the moment of the given status. */
    public DomainUsage usage(Domain domain, DomainStatus status) {
        Refusals.requirePresent(status);
        DomainDocument definition = status.current();
        long given = definition.definition().currentMemoryBytes();
        long most = definition.definition().memoryBytes();
        int vcpus = definition.definition().vcpus().current();
        Life life = domain.life();
        Guest guest = status.active() && life != null ? life.guest() : null;
        if (guest == null) {
            return new DomainUsage(0, given, most, vcpus);
        }
        return new DomainUsage(
                guest.cpuTimeNanos().orElse(0), guest.memoryBytes().orElse(given), most, vcpus);
    }

    /** The definition as text, from memory. */
    public String xml(Domain domain, XmlFlags flags) {
        DomainStatus now = domain.status();
        Refusals.requirePresent(now);
        return domain.texts().get(now, flags, (status, wanted) -> xml(domain, status, wanted));
    }

    private static String xml(Domain domain, DomainStatus status, XmlFlags flags) {
        if (flags.inactive() || !status.active()) {
            return (status.persistent() ? status.config() : status.live()).toXml(flags);
        }
        Life life = domain.life();
        Guest guest = life == null ? null : life.guest();
        if (guest == null || guest.id() != status.id()) { // still starting: no facts yet
            return status.live().toXml(flags);
        }
        LiveFacts facts = guest.liveFacts();
        return new LiveDomainXml(status.live(), status.id(), facts.partition(), facts.consoleTtys()).toXml(flags);
    }

    private static Guest guest(Domain domain) {
        return domain.guestLife().guest();
    }
}
