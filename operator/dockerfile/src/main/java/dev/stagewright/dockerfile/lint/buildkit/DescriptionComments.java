package dev.stagewright.dockerfile.lint.buildkit;

import dev.stagewright.dockerfile.instruction.Arg;
import dev.stagewright.dockerfile.instruction.From;
import dev.stagewright.dockerfile.instruction.Instruction;
import dev.stagewright.dockerfile.lint.CheckOptions;
import dev.stagewright.dockerfile.lint.Findings;
import dev.stagewright.dockerfile.lint.LintCheck;
import dev.stagewright.dockerfile.lint.LintContext;
import dev.stagewright.dockerfile.lint.Rule;
import dev.stagewright.dockerfile.lint.Rule.Origin;
import dev.stagewright.dockerfile.lint.Severity;
import java.util.List;

/** Checks the comments above FROM and ARG that describe stages and arguments. */
public final class DescriptionComments implements LintCheck {
  private static final Rule RULE =
      new Rule(
          "InvalidDefinitionDescription",
          "Comment for build stage or argument should follow the format: `# <arg/stage name>"
              + " <description>`",
          "Begin the comment with the name, or add a line with only a # below it.",
          Severity.WARNING,
          Origin.BUILDKIT,
          true);

  @Override
  public List<Rule> rules() {
    return List.of(RULE);
  }

  @Override
  public void run(LintContext context, Findings findings) {
    for (var instruction : context.dockerfile().instructions()) {
      switch (instruction) {
        case From from ->
            from.name().ifPresent(name -> check(from, "FROM", List.of(name), findings));
        case Arg arg ->
            check(
                arg,
                "ARG",
                arg.declarations().stream().map(Arg.Declaration::name).toList(),
                findings);
        default -> {}
      }
    }
  }

  private static void check(
      Instruction instruction, String what, List<String> names, Findings findings) {
    var comments =
        instruction.statement().comments().stream()
            .filter(comment -> !CheckOptions.isIn(comment))
            .toList();
    if (comments.isEmpty() || names.contains(comments.getLast().split(" ", 2)[0])) {
      return;
    }
    var name = names.size() == 1 ? names.getFirst() : "<arg_key>";
    findings.add(
        RULE,
        instruction,
        "Comment for " + what + " should follow the format: `# " + name + " <description>`");
  }
}
