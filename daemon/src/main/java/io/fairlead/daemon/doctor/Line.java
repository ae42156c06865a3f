package io.fairlead.daemon.doctor;

/**
 * One line of the report.
 *
 * @param level how much it matters
 * @param subject what was looked at
 * @param detail what was found
 * @param remedy what to do about it; empty when there is nothing to do
 */
record Line(Level level, String subject, String detail, String remedy) {
    enum Level {
        /** It is there. */
        OK("ok"),
        /** It is not there, and only some uses miss it. */
        NOTE("-"),
        /** Containers cannot run, or something of ours is damaged. */
        PROBLEM("!!");

        private final String mark;

        Level(String mark) {
            this.mark = mark;
        }

        String mark() {
            return mark;
        }
    }

    static Line ok(String subject, String detail) {
        return new Line(Level.OK, subject, detail, "");
    }

    static Line note(String subject, String detail, String remedy) {
        return new Line(Level.NOTE, subject, detail, remedy);
    }

    static Line problem(String subject, String detail, String remedy) {
        return new Line(Level.PROBLEM, subject, detail, remedy);
    }
}
