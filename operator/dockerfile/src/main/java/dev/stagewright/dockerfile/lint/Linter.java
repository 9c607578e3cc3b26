package dev.stagewright.dockerfile.lint;

import dev.stagewright.dockerfile.Dockerfile;
import dev.stagewright.dockerfile.Stage;
import dev.stagewright.dockerfile.eval.EvaluatedStage;
import dev.stagewright.dockerfile.eval.Evaluation;
import dev.stagewright.dockerfile.eval.Evaluator;
import dev.stagewright.dockerfile.eval.ImageSettings;
import dev.stagewright.dockerfile.instruction.Instruction;
import dev.stagewright.dockerfile.parser.DockerfileParser;
import dev.stagewright.dockerfile.source.DockerfileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Runs checks over a Dockerfile. */
public final class Linter {
  private static final String OVERRIDE = "BUILDKIT_DOCKERFILE_CHECK";

  private final List<Check> checks;

  /** A linter with these checks. */
  public Linter(List<Check> checks) {
    this.checks = List.copyOf(checks);
  }

  /** Looks at a Dockerfile's text. A mistake in it becomes part of the report. */
  public LintReport lint(String text, LintRequest request) {
    try {
      return lint(DockerfileParser.parse(text), request);
    } catch (DockerfileException e) {
      return new LintReport(List.of(), Optional.of(e), false);
    }
  }

  /**
   * Looks at a Dockerfile.
   *
   * @throws DockerfileException if its {@code check} directive cannot be understood
   */
  public LintReport lint(Dockerfile dockerfile, LintRequest request) {
    var options =
        CheckOptions.parse(
            Optional.ofNullable(request.options().buildArgs().get(OVERRIDE))
                .or(() -> dockerfile.directive("check").map(Dockerfile.Directive::value))
                .orElse(""));
    var undefined = new ArrayList<UndefinedUse>();
    Optional<DockerfileException> error = Optional.empty();
    List<EvaluatedStage> stages = List.of();
    Optional<Stage> target = Optional.empty();
    try {
      var evaluation = evaluate(dockerfile, request, undefined);
      stages = evaluation.stages();
      target = Optional.of(dockerfile.stages().get(evaluation.target()));
    } catch (DockerfileException e) {
      error = Optional.of(e);
    }
    var instructions =
        dockerfile.instructions().stream()
            .collect(Collectors.toMap(Instruction::position, Function.identity(), (a, b) -> a));
    var context = new LintContext(dockerfile, request, stages, target, undefined, instructions);
    var findings = new Findings(options);
    checks.forEach(check -> check.run(context, findings));
    return new LintReport(findings.inOrder(), error, options.fails());
  }

  private static Evaluation evaluate(
      Dockerfile dockerfile, LintRequest request, List<UndefinedUse> undefined) {
    return Evaluator.observed(
            dockerfile,
            request.options(),
            (instruction, names, known) ->
                names.forEach(
                    name -> undefined.add(new UndefinedUse(instruction, name, Set.copyOf(known)))))
        .evaluate(image ->
            request.bases().apply(image).map(KnownBase::settings).orElse(ImageSettings.empty()));
  }
}
