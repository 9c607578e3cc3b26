package dev.stagewright.cli;

import dev.stagewright.dockerfile.parser.DockerfileParser;
import dev.stagewright.dockerfile.parser.SyntaxParser;
import dev.stagewright.dockerfile.render.DockerfilePrinter;
import dev.stagewright.dockerfile.render.ParseRenderer;
import dev.stagewright.dockerfile.render.SyntaxDump;
import dev.stagewright.dockerfile.source.DockerfileException;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs {@code stagewright parse}. */
@Command(
    name = "parse",
    description = "Shows all instructions of a Dockerfile after parsing.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:success",
      "2:wrong usage, or the file cannot be read",
      "3:the Dockerfile cannot be built"
    })
public final class ParseCommand implements Callable<Integer> {
  enum Format {
    json,
    tree,
    dockerfile
  }

  @Mixin private final DockerfileInput input = new DockerfileInput();

  @Option(
      names = "--format",
      description = {
        "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.",
        "tree is the format of BuildKit's parser; dockerfile prints a Dockerfile."
      },
      defaultValue = "json")
  private Format format = Format.json;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before the call
  private CommandSpec spec;

  @Override
  public Integer call() {
    var commandLine = spec.commandLine();
    try {
      var text = input.text();
      commandLine
          .getOut()
          .print(
              switch (format) {
                case json -> ParseRenderer.json(DockerfileParser.parse(text));
                case tree -> SyntaxDump.of(SyntaxParser.parse(text)) + "\n";
                case dockerfile -> DockerfilePrinter.print(DockerfileParser.parse(text));
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
