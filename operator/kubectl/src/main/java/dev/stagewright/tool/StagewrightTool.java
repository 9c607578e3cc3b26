package dev.stagewright.tool;

import dev.stagewright.dockerfile.cli.LintCommand;
import dev.stagewright.dockerfile.cli.ParseCommand;
import dev.stagewright.dockerfile.cli.PlanCommand;
import dev.stagewright.kubectl.GetCommand;
import dev.stagewright.kubectl.LogsCommand;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The executable jar. */
@Command(
    name = "stagewright",
    description = "Shows builds in a cluster, and looks at Dockerfiles.",
    mixinStandardHelpOptions = true,
    versionProvider = StagewrightTool.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      LogsCommand.class,
      GetCommand.class,
      LintCommand.class,
      PlanCommand.class,
      ParseCommand.class
    })
public final class StagewrightTool {
  private StagewrightTool() {}

  /**
   * @param args a subcommand and its arguments
   */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** All commands. */
  public static CommandLine commandLine() {
    return new CommandLine(new StagewrightTool());
  }

  /** The version in the jar's manifest. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      var version =
          Optional.ofNullable(StagewrightTool.class.getPackage().getImplementationVersion());
      return new String[] {"stagewright " + version.orElse("of a working copy")};
    }
  }
}
