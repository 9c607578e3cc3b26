package dev.stagewright.dockerfile.lint;

import dev.stagewright.dockerfile.Dockerfile;
import dev.stagewright.dockerfile.eval.Evaluation;
import dev.stagewright.dockerfile.eval.Evaluator;
import dev.stagewright.dockerfile.eval.ImageSettings;
import dev.stagewright.dockerfile.instruction.Instruction;
import dev.stagewright.dockerfile.parser.DockerfileParser;
import dev.stagewright.dockerfile.source.DockerfileException;
import dev.stagewright.dockerfile.source.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Runs lint checks on a Dockerfile. */
public final class Linter {
  private static final String OVERRIDE = "BUILDKIT_DOCKERFILE_CHECK";

  private final List<LintCheck> checks;

  /** A linter with a list of checks. */
  public Linter(List<LintCheck> checks) {
    this.checks = List.copyOf(checks);
  }

  /**
   * Parses, evaluates and lints the text of a Dockerfile. An error in the Dockerfile becomes part
   * of the report, together with the findings before the error.
   *
   * @throws DockerfileException if its {@code check} directive is invalid
   */
  public LintReport lint(String text, LintRequest request) {
    try {
      var part = DockerfileParser.parsePartial(text);
      return part.error().isPresent()
          ? lintPartial(part.dockerfile(), part.error().get(), request)
          : lint(part.dockerfile(), request);
    } catch (UnreadableOptionsException e) {
      throw e;
    } catch (DockerfileException e) {
      return new LintReport(List.of(), Optional.of(e), false);
    }
  }

  /**
   * Evaluates and lints a Dockerfile. An error becomes part of the report.
   *
   * @throws DockerfileException if its {@code check} directive is invalid
   */
  public LintReport lint(Dockerfile dockerfile, LintRequest request) {
    options(dockerfile, request);
    var errors = new ArrayList<DockerfileException>();
    Optional<Evaluation> evaluation = Optional.empty();
    try {
      evaluation = Optional.of(evaluate(dockerfile, request, errors));
    } catch (DockerfileException e) {
      errors.add(e);
    }
    return report(dockerfile, evaluation, request, errors.stream().findFirst());
  }

  /**
   * Lints a Dockerfile that is already evaluated for the same request.
   *
   * @throws DockerfileException if its {@code check} directive is invalid
   */
  public LintReport lint(Dockerfile dockerfile, Evaluation evaluation, LintRequest request) {
    return report(dockerfile, Optional.of(evaluation), request, Optional.empty());
  }

  private LintReport lintPartial(
      Dockerfile dockerfile, DockerfileException error, LintRequest request) {
    var context =
        new LintContext(
            dockerfile,
            request,
            false,
            List.of(),
            Optional.empty(),
            List.of(),
            instructions(dockerfile));
    return report(context, options(dockerfile, request), Optional.of(error));
  }

  private LintReport report(
      Dockerfile dockerfile,
      Optional<Evaluation> evaluation,
      LintRequest request,
      Optional<DockerfileException> error) {
    var context =
        new LintContext(
            dockerfile,
            request,
            true,
            evaluation.map(Evaluation::stages).orElse(List.of()),
            evaluation.map(done -> dockerfile.stages().get(done.target())),
            evaluation.map(Evaluation::undefinedVariables).orElse(List.of()),
            instructions(dockerfile));
    return report(context, options(dockerfile, request), error);
  }

  private LintReport report(
      LintContext context, CheckOptions options, Optional<DockerfileException> error) {
    var findings = new Findings(options);
    checks.forEach(check -> check.run(context, findings));
    return new LintReport(findings.inOrder(), error, options.fails());
  }

  private static Map<Position, Instruction> instructions(Dockerfile dockerfile) {
    return dockerfile.instructions().stream()
        .collect(Collectors.toMap(Instruction::position, Function.identity(), (a, b) -> a));
  }

  /** The build argument overrides the directive. */
  private static CheckOptions options(Dockerfile dockerfile, LintRequest request) {
    var argument = request.options().buildArgs().get(OVERRIDE);
    if (argument != null) {
      try {
        return CheckOptions.parse(argument);
      } catch (DockerfileException e) {
        throw new UnreadableOptionsException(1, "build-arg:" + OVERRIDE, e);
      }
    }
    var directive = dockerfile.directive("check");
    try {
      return CheckOptions.ofDirective(directive.map(Dockerfile.Directive::value).orElse(""));
    } catch (DockerfileException e) {
      var line = directive.map(Dockerfile.Directive::line).orElse(1);
      throw new UnreadableOptionsException(line, "check options", e);
    }
  }

  private static Evaluation evaluate(
      Dockerfile dockerfile, LintRequest request, List<DockerfileException> errors) {
    var evaluator =
        request.allStages()
            ? Evaluator.ofAllStages(dockerfile, request.options())
            : new Evaluator(dockerfile, request.options());
    return evaluator.evaluate(
        image ->
            request.bases().apply(image).map(KnownBase::settings).orElse(ImageSettings.empty()),
        errors::add);
  }

  private static final class UnreadableOptionsException extends DockerfileException {
    private static final long serialVersionUID = 1L;

    UnreadableOptionsException(int line, String where, DockerfileException error) {
      super(
          new Position(line, 1),
          "failed to parse " + where + ": " + error.reason(),
          error.offending().orElse(""));
    }
  }
}
