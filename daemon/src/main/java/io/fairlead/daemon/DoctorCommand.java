package io.fairlead.daemon;

import io.fairlead.daemon.DaemonCommand.InstanceOptions;
import io.fairlead.daemon.doctor.Doctor;
import io.fairlead.daemon.log.Logs;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "doctor",
        description =
                "Tells what this host offers, what is missing, and what brings it. Status 1 if something is wrong.",
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
    @Mixin
    private InstanceOptions options;

    @Override
    public Integer call() {
        Logs.silence(); // the report is the only output
        Instance instance = Instance.of(options.choice().config());
        return Doctor.examine(instance.state(), System.out) ? 0 : 1;
    }
}
