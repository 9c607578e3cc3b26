package dev.stagewright.kubectl;

import dev.stagewright.cli.LintCommand;
import dev.stagewright.cli.ParseCommand;
import dev.stagewright.cli.PlanCommand;
import java.util.Objects;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The command {@code stagewright}: the entry point of the executable jar. */
@Command(
    name = "stagewright",
    description =
        "Builds images in a cluster, shows builds, clears their cache, and checks images and Dockerfiles.",
    mixinStandardHelpOptions = true,
    versionProvider = StagewrightCommand.VersionProvider.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      BuildCommand.class,
      WaitCommand.class,
      CancelCommand.class,
      RetryCommand.class,
      DebugCommand.class,
      LogsCommand.class,
      GetCommand.class,
      WhyCommand.class,
      ReportCommand.class,
      CheckCommand.class,
      CacheCommand.class,
      MigrateCommand.class,
      LintCommand.class,
      PlanCommand.class,
      ParseCommand.class,
      VersionCommand.class,
      CompletionCommand.class,
      CompleteCommand.class
    })
public final class StagewrightCommand extends CommandGroup {
  private StagewrightCommand() {}

  /**
   * Runs a subcommand and exits with its exit code.
   *
   * @param args a subcommand and its arguments
   */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** The command with all subcommands. */
  public static CommandLine commandLine() {
    var command = new CommandLine(new StagewrightCommand());
    DockerFlags.addTo(
        Objects.requireNonNull(command.getSubcommands().get("build")).getCommandSpec());
    command.setParameterExceptionHandler(new UsageErrorHandler());
    return command;
  }

  /** The version in the manifest of the jar. */
  static String version() {
    return Optional.ofNullable(StagewrightCommand.class.getPackage().getImplementationVersion())
        .orElse("(development build)");
  }

  /** Reads the version from the manifest of the jar. */
  static final class VersionProvider implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"stagewright " + version()};
    }
  }
}
