package io.fairlead.daemon.client;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The command line of {@code exec}.
 *
 * @param attach the id of a process to follow, in place of a new one; else null
 * @param list whether to list the processes, in place of a new one
 */
record ExecOptions(
        Path root,
        String container,
        boolean interactive,
        boolean terminal,
        String user,
        String directory,
        List<String> environment,
        String attach,
        boolean list,
        List<String> command) {
    static final String USAGE =
            """
            usage: fairlead exec NAME [-i] [-t] [-u USER] [-w DIR] [-e NAME=VALUE]... -- COMMAND [ARGUMENT]...
                   fairlead exec NAME --list
                   fairlead exec NAME --attach ID

            Runs a command in a running container and ends with its status: 126 if it cannot be executed, 127 if it
            does not exist, 125 if the daemon refuses. NAME may also be a uuid.

              -i, --interactive    pass on the input; without it the command's input is empty
              -t, --tty            give it a terminal; keys such as Ctrl-C go to the command
              -u, --user USER      name or number, NAME:GROUP for another group; root without it
              -w, --workdir DIR    begin in this directory of the container
              -e, --env NAME=VALUE set a variable, in addition to those of the container's init
              --list               list processes that were started in this way
              --attach ID          show the output of such a process from its beginning, and end with its status
              --root DIR           the daemon that keeps everything below DIR
            """;

    static ExecOptions parse(String... arguments) {
        Options options = new Options(arguments);
        Path root = null;
        String container = null;
        boolean interactive = false;
        boolean terminal = false;
        String user = null;
        String directory = null;
        List<String> environment = new ArrayList<>();
        String attach = null;
        boolean list = false;
        while (true) {
            String option = options.next();
            if (option == null && container == null) {
                container = options.word();
                if (container == null) {
                    throw new UsageException("no container is named");
                }
                continue;
            }
            if (option == null) {
                break;
            }
            switch (option) {
                case "-i", "--interactive" -> interactive = true;
                case "-t", "--tty" -> terminal = true;
                case "-u", "--user" -> user = options.value();
                case "-w", "--workdir" -> directory = options.value();
                case "-e", "--env" -> variable(options.value()).ifPresent(environment::add);
                case "--attach" -> attach = options.value();
                case "--list" -> list = true;
                case "--root" -> root = Path.of(options.value());
                default -> throw options.unknown();
            }
        }
        List<String> command = List.of(options.rest());
        if (command.isEmpty() == (attach == null && !list)) {
            throw new UsageException(command.isEmpty() ? "no command is given" : "--list and --attach take no command");
        }
        return new ExecOptions(
                root, container, interactive, terminal, user, directory, environment, attach, list, command);
    }

    /** A name without a value stands for the variable of this process, if there is one, as with docker. */
    private static Optional<String> variable(String text) {
        return text.indexOf('=') >= 0
                ? Optional.of(text)
                : Optional.ofNullable(System.getenv(text)).map(own -> text + "=" + own);
    }
}
