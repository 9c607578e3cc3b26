package dev.stagewright.dockerfile.cli;

import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The executable jar. */
@Command(
    name = "stagewright",
    description = "Looks at Dockerfiles.",
    mixinStandardHelpOptions = true,
    versionProvider = DockerfileTool.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {LintCommand.class, PlanCommand.class, ParseCommand.class})
public final class DockerfileTool {
  private DockerfileTool() {}

  /**
   * @param args a subcommand and its arguments
   */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new DockerfileTool());
  }

  /** The version in the jar's manifest. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      var version =
          Optional.ofNullable(DockerfileTool.class.getPackage().getImplementationVersion());
      return new String[] {"stagewright " + version.orElse("of a working copy")};
    }
  }
}
