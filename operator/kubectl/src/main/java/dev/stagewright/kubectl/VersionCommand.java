package dev.stagewright.kubectl;

import dev.stagewright.cli.ExitCode;
import dev.stagewright.kubectl.cluster.Installation;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code stagewright version}. */
@Command(
    name = "version",
    header = "Shows the versions of this program, the CRD, and operators",
    description = {
      "Shows the versions of this program, of the CRD, and of the operators in the cluster, and"
          + " says if an operator is newer than the CRD."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:the versions were printed",
      "2:wrong usage",
      "3:the cluster cannot be reached or rejected the request"
    })
public final class VersionCommand implements Callable<Integer> {
  @Option(names = "--client", description = "Show only the version of this program")
  private boolean clientOnly;

  @Mixin private final ClusterOptions cluster = new ClusterOptions();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets the field before it calls the command
  private CommandSpec spec;

  @Override
  public Integer call() {
    var report = new VersionReport(StagewrightCommand.version());
    if (clientOnly) {
      return print(report.lines());
    }
    return cluster.run(
        spec.commandLine().getErr(), builds -> print(report.lines(Installation.of(builds))));
  }

  private int print(List<String> lines) {
    var out = spec.commandLine().getOut();
    lines.forEach(out::println);
    out.flush();
    return ExitCode.OK;
  }
}
