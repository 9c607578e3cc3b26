package dev.stagewright.image.entrypoint;

import dev.stagewright.cli.LintCommand;
import dev.stagewright.cli.ParseCommand;
import dev.stagewright.cli.PlanCommand;
import dev.stagewright.controller.InstallationCheck;
import dev.stagewright.controller.OperatorMain;
import dev.stagewright.stage.StageMain;
import dev.stagewright.worker.prepare.PrepareMain;
import dev.stagewright.worker.publish.PublishMain;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The program of the image: the operator, and the programs of its Pods. */
@Command(
    name = "stagewright",
    description = "Builds container images in Kubernetes, one Pod per stage.",
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

  /** Pods start the stage by its own main class, which loads faster. */
  private static int stage(List<String> arguments) {
    StageMain.main(arguments.toArray(String[]::new));
    return 0;
  }

  static CommandLine commandLine() {
    return new CommandLine(new Stagewright())
        .addSubcommand("operator", PhaseCommand.of("Runs the operator.", OperatorMain::run))
        .addSubcommand(
            "check-installation",
            PhaseCommand.of("Checks an installation of the operator.", InstallationCheck::run))
        .addSubcommand(
            "prepare",
            PhaseCommand.of(
                "Fetches the source of a build and creates its plan.", PrepareMain::run))
        .addSubcommand(
            "stage", PhaseCommand.of("Runs the instructions of a stage.", Stagewright::stage))
        .addSubcommand(
            "publish",
            PhaseCommand.of(
                "Checks the destinations, waits for the stages, and publishes the image.",
                PublishMain::run));
  }

  /** Reads the version from the manifest of the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      var version = Optional.ofNullable(Stagewright.class.getPackage().getImplementationVersion());
      return new String[] {"stagewright " + version.orElse("(development build)")};
    }
  }
}
