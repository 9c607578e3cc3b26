package dev.stagewright.cli;

import dev.stagewright.dockerfile.eval.Evaluator;
import dev.stagewright.dockerfile.eval.ImageSettings;
import dev.stagewright.dockerfile.parser.DockerfileParser;
import dev.stagewright.dockerfile.render.PlanRenderer;
import dev.stagewright.dockerfile.source.DockerfileException;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs {@code stagewright plan}. */
@Command(
    name = "plan",
    description = {
      "Shows the stages that a target needs, their dependencies, and which stages run at the same time.",
      "Base images are not looked up, so the plan does not include their ONBUILD instructions."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:success",
      "2:wrong usage, or the file cannot be read",
      "3:the Dockerfile cannot be built"
    })
public final class PlanCommand implements Callable<Integer> {
  enum Format {
    text,
    json,
    mermaid
  }

  @Mixin private final DockerfileInput input = new DockerfileInput();
  @Mixin private final BuildInput build = new BuildInput();

  @Option(
      names = "--format",
      description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}",
      defaultValue = "text")
  private Format format = Format.text;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before the call
  private CommandSpec spec;

  @Override
  public Integer call() {
    var commandLine = spec.commandLine();
    try {
      var evaluation =
          new Evaluator(DockerfileParser.parse(input.text()), build.options())
              .evaluate(image -> ImageSettings.empty());
      var renderer = new PlanRenderer(evaluation);
      commandLine
          .getOut()
          .print(
              switch (format) {
                case text -> renderer.text();
                case json -> renderer.json();
                case mermaid -> renderer.mermaid();
              });
      commandLine.getOut().flush();
      return ExitCode.OK;
    } catch (IOException e) {
      return input.reportUnreadable(commandLine.getErr(), e);
    } catch (DockerfileException e) {
      return input.reportInvalid(commandLine.getErr(), e);
    }
  }
}
