package dev.stagewright.dockerfile.lint.buildkit;

import dev.stagewright.dockerfile.eval.EvaluatedStage;
import dev.stagewright.dockerfile.instruction.Instruction;
import dev.stagewright.dockerfile.lint.Findings;
import dev.stagewright.dockerfile.lint.LintCheck;
import dev.stagewright.dockerfile.lint.LintContext;
import dev.stagewright.dockerfile.lint.Rule;
import dev.stagewright.dockerfile.source.Suggestion;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks for the use of variables that have no value. */
public final class UndefinedVariables implements LintCheck {
  private static final Rule RULE =
      Rule.buildKit(
          "UndefinedVar",
          "Variables should be defined before their use",
          "Set the variable with ARG or ENV, or use a default: ${NAME:-value}.");

  @Override
  public List<Rule> rules() {
    return List.of(RULE);
  }

  @Override
  public void run(LintContext context, Findings findings) {
    var uncertain = instructionsOnUnknownBases(context);
    for (var use : context.undefined()) {
      var near = Suggestion.nearest(use.name(), use.known(), true);
      // The base image can set the variable, unless the name looks like a spelling error.
      if (near.isEmpty() && uncertain.contains(use.instruction())) {
        continue;
      }
      var message =
          "Usage of undefined variable '$"
              + use.name()
              + "'"
              + near.map(name -> " (did you mean $" + name + "?)").orElse("");
      findings.add(RULE, use.instruction(), message);
    }
  }

  private static Set<Instruction> instructionsOnUnknownBases(LintContext context) {
    var uncertain = new HashSet<Instruction>();
    for (EvaluatedStage stage : context.stages()) {
      if (context.rootImage(stage).isPresent() && context.rootBase(stage).isEmpty()) {
        uncertain.addAll(stage.stage().instructions());
      }
    }
    return uncertain;
  }
}
