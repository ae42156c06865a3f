package io.fairlead.backend.monitor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.Poll;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one line that conmon writes to its sync pipe: {@code {"data": PID}}, or {@code {"data": -1, "message": "..."}}
 * with the text that the runtime wrote to its standard error.
 *
 * @param pid init's pid, or -1
 * @param message null if there is none
 */
public record MonitorAnswer(int pid, String message) {
    // conmon reads at most 8 KiB of the runtime's error and escapes it to at most six times that.
    private static final int LINE_MAX = 64 * 1024;
    private static final Pattern LOGRUS = Pattern.compile("level=\\w+ msg=(\"(?:[^\"\\\\]|\\\\.)*+\"|\\S+)");
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Waits for the line.
     *
     * @return null if the time ran out
     */
    public static MonitorAnswer read(Fd pipe, Duration limit) throws IOException {
        long deadline = System.nanoTime() + limit.toNanos();
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        byte[] buffer = new byte[4096];
        while (line.size() < LINE_MAX) {
            Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
            if (Poll.await(pipe.number(), Poll.POLLIN, left) == 0) {
                return null;
            }
            int count = pipe.read(buffer);
            line.write(buffer, 0, Math.max(0, count));
            if (count <= 0 || buffer[count - 1] == '\n') {
                break;
            }
        }
        return parse(line.toString(StandardCharsets.UTF_8));
    }

    public static MonitorAnswer parse(String line) throws IOException {
        if (line.isBlank()) {
            return new MonitorAnswer(-1, null);
        }
        JsonNode answer = JSON.readTree(line);
        JsonNode message = answer.get("message");
        return new MonitorAnswer(answer.path("data").asInt(-1), message == null ? null : readable(message.asText()));
    }

    /** The runtime's error without its logger's prefix. The last line is the error; earlier ones are warnings. */
    static String readable(String errors) {
        String last = null;
        for (String line : errors.split("\\R")) {
            if (!line.isBlank()) {
                Matcher logged = LOGRUS.matcher(line);
                last = logged.find() ? unquote(logged.group(1)) : line.strip();
            }
        }
        return last == null ? null : last.replaceFirst("^runc create failed: unable to start container process: ", "");
    }

    private static String unquote(String text) {
        return text.startsWith("\"")
                ? text.substring(1, text.length() - 1).replace("\\\"", "\"").replace("\\\\", "\\")
                : text;
    }
}
