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

/** Variables that nothing sets. */
public final class UndefinedVariables implements LintCheck {
  private static final Rule RULE =
      Rule.buildKit(
          "UndefinedVar",
          "Variables should be defined before their use",
          "Set it with ARG or ENV, or give it a default: ${NAME:-value}.");

  @Override
  public List<Rule> rules() {
    return List.of(RULE);
  }

  @Override
  public void run(LintContext context, Findings findings) {
    var unsure = onUnknownBases(context);
    for (var use : context.undefined()) {
      var near = Suggestion.nearest(use.name(), use.known(), true);
      // The base image may well set it, unless it looks like a slip of the finger.
      if (near.isEmpty() && unsure.contains(use.instruction())) {
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

  private static Set<Instruction> onUnknownBases(LintContext context) {
    var unsure = new HashSet<Instruction>();
    for (EvaluatedStage stage : context.stages()) {
      if (context.rootImage(stage).isPresent() && context.rootBase(stage).isEmpty()) {
        unsure.addAll(stage.stage().instructions());
      }
    }
    return unsure;
  }
}
