package dev.stagewright.dockerfile.lint.practice;

import dev.stagewright.dockerfile.eval.EvaluatedInstruction.Setting;
import dev.stagewright.dockerfile.instruction.Arg;
import dev.stagewright.dockerfile.instruction.Instruction;
import dev.stagewright.dockerfile.instruction.OnBuild;
import dev.stagewright.dockerfile.lint.Findings;
import dev.stagewright.dockerfile.lint.LintCheck;
import dev.stagewright.dockerfile.lint.LintContext;
import dev.stagewright.dockerfile.lint.Rule;
import dev.stagewright.dockerfile.lint.Severity;
import dev.stagewright.dockerfile.parser.DockerfileParser;
import dev.stagewright.dockerfile.source.DockerfileException;
import dev.stagewright.dockerfile.source.GoText;
import dev.stagewright.dockerfile.source.Position;
import dev.stagewright.dockerfile.source.Suggestion;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Checks for build arguments that no ARG declares. */
public final class BuildArguments implements LintCheck {
  private static final Rule RULE =
      Rule.practice(
          "UnusedBuildArgument",
          Severity.WARNING,
          "A build argument that no ARG declares has no effect",
          "Declare the argument with ARG, correct its name, or remove it.");

  /** Arguments for the builder, and arguments that need no ARG. */
  private static final Pattern PREDEFINED =
      Pattern.compile(
          "(?i:(HTTP|HTTPS|FTP|NO|ALL)_PROXY)|BUILDKIT_.*|SOURCE_DATE_EPOCH"
              + "|(BUILD|TARGET)(PLATFORM|OS|OSVERSION|ARCH|VARIANT)|TARGETSTAGE");

  @Override
  public List<Rule> rules() {
    return List.of(RULE);
  }

  @Override
  public void run(LintContext context, Findings findings) {
    if (!context.complete()) {
      return;
    }
    var declared = declared(context);
    for (var name : context.request().options().buildArgs().keySet()) {
      if (!declared.contains(name) && !PREDEFINED.matcher(name).matches()) {
        findings.add(
            RULE,
            new Position(1, 1),
            Suggestion.append(
                "Build argument " + GoText.quote(name) + " is not declared by any ARG",
                name,
                declared,
                false));
      }
    }
  }

  /** The names that ARG declares, including stages that the target does not need. */
  private static Set<String> declared(LintContext context) {
    var triggers =
        context.stages().stream()
            .flatMap(stage -> stage.instructions().stream())
            .filter(Setting.class::isInstance)
            .map(setting -> ((Setting) setting).instruction());
    var names = new TreeSet<String>();
    Stream.concat(context.dockerfile().instructions().stream(), triggers)
        .map(BuildArguments::triggered)
        .filter(Arg.class::isInstance)
        .flatMap(arg -> ((Arg) arg).declarations().stream())
        .forEach(declaration -> names.add(declaration.name()));
    return names;
  }

  private static Instruction triggered(Instruction instruction) {
    if (instruction instanceof OnBuild onBuild && onBuild.statement().trigger().isPresent()) {
      try {
        return DockerfileParser.instruction(onBuild.statement().trigger().get());
      } catch (DockerfileException _) {
        return instruction; // The stage that runs the trigger reports the error.
      }
    }
    return instruction;
  }
}
