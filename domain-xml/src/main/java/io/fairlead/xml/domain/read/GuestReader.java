package io.fairlead.xml.domain.read;

import io.fairlead.xml.domain.model.Capability;
import io.fairlead.xml.domain.model.Clock;
import io.fairlead.xml.domain.model.Features;
import io.fairlead.xml.domain.model.GuestOs;
import io.fairlead.xml.domain.model.IdMap;
import io.fairlead.xml.domain.model.LifecycleAction;
import io.fairlead.xml.domain.model.LifecycleEvent;
import io.fairlead.xml.domain.model.LifecyclePolicy;
import io.fairlead.xml.domain.model.SharedNamespaces;
import io.fairlead.xml.tree.XmlElement;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The program that runs inside, and the parts of the kernel that it sees. */
final class GuestReader {
    static final String LXC_NAMESPACE = "http://libvirt.org/schemas/domain/lxc/1.0";

    private static final long ID_MAX = 0xffff_ffffL;

    private GuestReader() {}

    static GuestOs os(XmlElement domain) {
        XmlElement os = domain.child("os");
        XmlElement type = os.child("type");
        return new GuestOs(
                type.text(),
                type.attribute("arch", ""),
                Fields.text(os, "init").orElse(""),
                os.elements("initarg").stream().map(XmlElement::text).toList(),
                os.elements("initenv").stream()
                        .map(env -> new GuestOs.EnvironmentVariable(env.attribute("name", ""), env.text()))
                        .toList(),
                Fields.text(os, "initdir"),
                Fields.text(os, "inituser"),
                Fields.text(os, "initgroup"),
                Fields.text(os, "cmdline"));
    }

    static IdMap idMap(XmlElement domain) {
        XmlElement map = domain.child("idmap");
        return map == null
                ? new IdMap(List.of(), List.of())
                : new IdMap(ranges(map.elements("uid")), ranges(map.elements("gid")));
    }

    private static List<IdMap.Range> ranges(List<XmlElement> elements) {
        return elements.stream()
                .map(range -> new IdMap.Range(id(range, "start"), id(range, "target"), id(range, "count")))
                .toList();
    }

    private static long id(XmlElement range, String name) {
        return Fields.attributeNumber(range, name, 0, ID_MAX).orElse(0);
    }

    static Features features(XmlElement domain) {
        XmlElement features = domain.child("features");
        if (features == null) {
            return new Features(false, Features.CapabilityPolicy.DEFAULT, Map.of());
        }
        XmlElement listed = features.child("capabilities");
        Map<Capability, Boolean> states = new EnumMap<>(Capability.class);
        Features.CapabilityPolicy policy = Features.CapabilityPolicy.DEFAULT;
        if (listed != null) {
            policy = Fields.constant(
                    Features.CapabilityPolicy.class, listed.attribute("policy", "default"), listed, "policy");
            for (XmlElement element : listed.elements()) {
                Capability.ofXmlName(element.name())
                        .ifPresent(capability -> states.put(
                                capability, element.attribute("state", "on").equals("on")));
            }
        }
        return new Features(features.child("privnet") != null, policy, states);
    }

    static Clock clock(XmlElement domain) {
        XmlElement clock = domain.child("clock");
        if (clock == null) {
            return new Clock("utc", List.of());
        }
        return new Clock(
                clock.attribute("offset", "utc"),
                clock.elements("timer").stream()
                        .map(timer -> new Clock.Timer(
                                timer.attribute("name", ""),
                                Fields.attribute(timer, "present").map("yes"::equals)))
                        .toList());
    }

    static LifecyclePolicy lifecycle(XmlElement domain) {
        return new LifecyclePolicy(
                action(domain, LifecycleEvent.POWEROFF, LifecycleAction.DESTROY),
                action(domain, LifecycleEvent.REBOOT, LifecycleAction.RESTART),
                action(domain, LifecycleEvent.CRASH, LifecycleAction.DESTROY));
    }

    private static LifecycleAction action(XmlElement domain, LifecycleEvent event, LifecycleAction otherwise) {
        return Fields.text(domain, event.element())
                .flatMap(LifecycleAction::ofXmlName)
                .orElse(otherwise);
    }

    static SharedNamespaces namespaces(XmlElement domain) {
        for (XmlElement element : domain.elements()) {
            if (element.is(LXC_NAMESPACE, "namespace")) {
                return new SharedNamespaces(
                        source(element, "sharenet"), source(element, "shareipc"), source(element, "shareuts"));
            }
        }
        return SharedNamespaces.NONE;
    }

    private static Optional<SharedNamespaces.Source> source(XmlElement namespaces, String name) {
        return namespaces.elements().stream()
                .filter(element -> element.is(LXC_NAMESPACE, name))
                .findFirst()
                .map(element -> new SharedNamespaces.Source(
                        Fields.constant(SharedNamespaces.Type.class, element.attribute("type", ""), element, "type"),
                        element.attribute("value", "")));
    }
}
