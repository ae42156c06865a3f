package io.fairlead.xml.nwfilter;

import java.util.List;
import java.util.Map;

/**
 * {@code <rule>}.
 *
 * @param action accept, drop, reject, return or continue
 * @param direction in (to the guest), out or inout
 * @param priority -1000..1000; the lowest comes first
 * @param stateMatch whether packets of known connections pass, which is the default
 * @param matches all of one protocol; none matches every packet
 */
public record FilterRule(String action, String direction, int priority, boolean stateMatch, List<Match> matches)
        implements FilterEntry {
    public FilterRule {
        matches = List.copyOf(matches);
    }

    /**
     * One protocol's element.
     *
     * @param negated {@code match='no'}
     * @param values by libvirt's names of attributes, in the stored form; a value with a dollar is a variable
     */
    public record Match(String protocol, boolean negated, Map<String, String> values) {
        public Match {
            values = Map.copyOf(values);
        }
    }
}
