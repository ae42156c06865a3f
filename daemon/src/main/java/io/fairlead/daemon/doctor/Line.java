package io.fairlead.daemon.doctor;

/**
 * One line of the report.
 *
 * @param level how much it matters
 * @param subject the thing that was checked
 * @param detail the finding
 * @param remedy the advice; empty if none is needed
 */
record Line(Level level, String subject, String detail, String remedy) {
    enum Level {
        /** The subject is there. */
        OK("ok"),
        /** The subject is missing, and only some uses need it. */
        NOTE("-"),
        /** Containers cannot run, or a file of the instance is damaged. */
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
