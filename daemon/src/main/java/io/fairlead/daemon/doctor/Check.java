package io.fairlead.daemon.doctor;

import java.util.List;

/** One group of checks. */
interface Check {
    /** The heading in the report. */
    String title();

    List<Line> look();
}
