package dev.stagewright.cli;

import dev.stagewright.dockerfile.cli.LintCommand;
import dev.stagewright.dockerfile.cli.ParseCommand;
import dev.stagewright.dockerfile.cli.PlanCommand;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The program of the image: the operator, and what runs beside it in Pods of its own. */
@Command(
    name = "stagewright",
    description = "Builds container images in Kubernetes, one Pod a stage.",
    mixinStandardHelpOptions = true,
    versionProvider = Stagewright.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {LintCommand.class, PlanCommand.class, ParseCommand.class})
public final class Stagewright {
  private Stagewright() {}

  /**
   * @param args a subcommand and its arguments
   */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Stagewright());
  }

  /** The version in the jar's manifest. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      var version = Optional.ofNullable(Stagewright.class.getPackage().getImplementationVersion());
      return new String[] {"stagewright " + version.orElse("of a working copy")};
    }
  }
}
