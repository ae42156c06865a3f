package io.fairlead.daemon.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.spi.FilterReply;
import ch.qos.logback.core.util.FileSize;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/**
 * Sets logback up in code: reading an XML file would cost a tenth of a second at every start. Logback finds this class
 * through {@code META-INF/services}.
 */
public final class Logs extends ContextAwareBase implements Configurator {
    private static final String PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level [%thread] %logger{0}: %msg%n";
    private static final String STDERR_PATTERN = "%-5level %logger{0}: %msg%n";

    private static final ThreadGroup UNLOGGED = new ThreadGroup("unlogged");
    private static final ThreadLocal<Boolean> HEARD = new ThreadLocal<>();

    /** Asked before a message is formatted. */
    private static final TurboFilter LEFT_OUT = new TurboFilter() {
        @Override
        public FilterReply decide(
                Marker marker, Logger logger, Level level, String format, Object[] params, Throwable t) {
            return UNLOGGED.parentOf(Thread.currentThread().getThreadGroup()) && HEARD.get() == null
                    ? FilterReply.DENY
                    : FilterReply.NEUTRAL;
        }
    };

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(stderr(context));
        context.addTurboFilter(LEFT_OUT);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static ConsoleAppender<ILoggingEvent> stderr(LoggerContext context) {
        ThresholdFilter warnings = new ThresholdFilter();
        warnings.setLevel(Level.WARN.toString());
        warnings.start();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setTarget("System.err"); // standard output belongs to the line "ready"
        appender.setEncoder(encoder(context, STDERR_PATTERN));
        appender.addFilter(warnings);
        appender.start();
        return appender;
    }

    /**
     * Sends messages of this level and above to a file, too.
     *
     * @param bytes size at which the file is rotated
     * @param files how many rotated files are kept
     */
    public static void toFile(Path file, String level, long bytes, int files) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
        appender.setContext(context);
        appender.setFile(file.toString());
        appender.setEncoder(encoder(context, PATTERN));

        FixedWindowRollingPolicy rolling = new FixedWindowRollingPolicy();
        rolling.setContext(context);
        rolling.setParent(appender);
        rolling.setMinIndex(1);
        rolling.setMaxIndex(files);
        rolling.setFileNamePattern(file + ".%i");
        rolling.start();

        SizeBasedTriggeringPolicy<ILoggingEvent> trigger = new SizeBasedTriggeringPolicy<>();
        trigger.setContext(context);
        trigger.setMaxFileSize(new FileSize(bytes));
        trigger.start();

        appender.setRollingPolicy(rolling);
        appender.setTriggeringPolicy(trigger);
        appender.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.valueOf(level));
        root.addAppender(appender);
        context.getLogger("io.netty").setLevel(Level.INFO); // its debug messages are only about its own work
    }

    /**
     * A group of threads whose messages are dropped, except those given to {@link #log}. Threads that they start belong
     * to the group, too.
     */
    public static ThreadGroup unlogged() {
        return UNLOGGED;
    }

    /** Logs a failure from a thread whose messages are dropped. */
    public static void log(org.slf4j.Logger logger, String message, Throwable cause) {
        HEARD.set(true);
        try {
            logger.info(message, cause);
        } finally {
            HEARD.remove();
        }
    }

    /** Logs nothing from now on, for commands whose output is their answer. */
    public static void silence() {
        ((LoggerContext) LoggerFactory.getILoggerFactory())
                .getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)
                .setLevel(Level.OFF);
    }

    /** Writes buffered messages and closes the files. */
    public static void close() {
        ((LoggerContext) LoggerFactory.getILoggerFactory()).stop();
    }

    private static PatternLayoutEncoder encoder(LoggerContext context, String pattern) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(pattern);
        encoder.start();
        return encoder;
    }
}
