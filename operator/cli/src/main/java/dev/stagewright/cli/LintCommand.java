package dev.stagewright.cli;

import dev.stagewright.dockerfile.ignore.IgnoreRules;
import dev.stagewright.dockerfile.lint.LintReport;
import dev.stagewright.dockerfile.lint.LintRequest;
import dev.stagewright.dockerfile.lint.Severity;
import dev.stagewright.dockerfile.lint.catalog.LintCatalog;
import dev.stagewright.dockerfile.render.LintRenderer;
import dev.stagewright.dockerfile.source.DockerfileException;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs {@code stagewright lint}. */
@Command(
    name = "lint",
    description = "Checks a Dockerfile for errors and for violations of good practice.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:no finding is as severe as --fail-on",
      "1:a finding is as severe as --fail-on",
      "2:wrong usage, or a file cannot be read",
      "3:the Dockerfile cannot be built"
    })
public final class LintCommand implements Callable<Integer> {
  enum Format {
    text,
    json,
    sarif
  }

  enum FailOn {
    info,
    warning,
    error
  }

  @Mixin private final DockerfileInput input = new DockerfileInput();
  @Mixin private final BuildInput build = new BuildInput();

  @Option(
      names = "--format",
      description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}",
      defaultValue = "text")
  private Format format = Format.text;

  @Option(
      names = "--fail-on",
      description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}",
      defaultValue = "warning")
  private FailOn failOn = FailOn.warning;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before the call
  private CommandSpec spec;

  @Override
  public Integer call() {
    var commandLine = spec.commandLine();
    try {
      var report = LintCatalog.linter().lint(input.text(), request());
      var renderer = new LintRenderer(report, input.name());
      commandLine
          .getOut()
          .print(
              switch (format) {
                case text -> renderer.text();
                case json -> renderer.json();
                case sarif -> renderer.sarif();
              });
      commandLine.getOut().flush();
      report.failure().ifPresent(commandLine.getErr()::println);
      return exitCode(report);
    } catch (IOException e) {
      return input.reportUnreadable(commandLine.getErr(), e);
    } catch (DockerfileException e) {
      return input.reportInvalid(commandLine.getErr(), e);
    }
  }

  private LintRequest request() throws IOException {
    var ignore = input.ignore();
    var options = build.options();
    return new LintRequest(
        options,
        options.target().isEmpty(),
        ignore,
        input.context().isPresent(),
        input.contextPaths(ignore.orElse(IgnoreRules.none())),
        image -> Optional.empty());
  }

  private int exitCode(LintReport report) {
    if (report.error().isPresent()) {
      return ExitCode.INVALID_DOCKERFILE;
    }
    var threshold =
        switch (failOn) {
          case info -> Severity.INFO;
          case warning -> Severity.WARNING;
          case error -> Severity.ERROR;
        };
    boolean severe = report.worst().filter(worst -> worst.compareTo(threshold) >= 0).isPresent();
    return severe || report.failure().isPresent() ? ExitCode.FAILED : ExitCode.OK;
  }
}
