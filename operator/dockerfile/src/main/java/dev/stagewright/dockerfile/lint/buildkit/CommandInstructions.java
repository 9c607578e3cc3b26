package dev.stagewright.dockerfile.lint.buildkit;

import dev.stagewright.dockerfile.Stage;
import dev.stagewright.dockerfile.eval.EvaluatedInstruction;
import dev.stagewright.dockerfile.eval.EvaluatedStage;
import dev.stagewright.dockerfile.instruction.Cmd;
import dev.stagewright.dockerfile.instruction.Entrypoint;
import dev.stagewright.dockerfile.instruction.Healthcheck;
import dev.stagewright.dockerfile.instruction.Instruction;
import dev.stagewright.dockerfile.instruction.Shell;
import dev.stagewright.dockerfile.lint.Findings;
import dev.stagewright.dockerfile.lint.LintCheck;
import dev.stagewright.dockerfile.lint.LintContext;
import dev.stagewright.dockerfile.lint.Rule;
import dev.stagewright.dockerfile.stages.ResolvedBase;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks CMD, ENTRYPOINT, HEALTHCHECK and WORKDIR. */
public final class CommandInstructions implements LintCheck {
  private static final Rule JSON =
      Rule.buildKit(
          "JSONArgsRecommended",
          "JSON arguments recommended for ENTRYPOINT/CMD to prevent unintended behavior related to"
              + " OS signals",
          "Write the command as a JSON array: [\"program\", \"argument\"].");
  private static final Rule MULTIPLE =
      Rule.buildKit(
          "MultipleInstructionsDisallowed",
          "Multiple instructions of the same type should not be used in the same stage",
          "Keep the last instruction and remove the others.");
  private static final Rule RELATIVE =
      Rule.buildKit(
          "WorkdirRelativePath",
          "Relative workdir without an absolute workdir declared within the build can have"
              + " unexpected results if the base image changes",
          "Use an absolute WORKDIR first.");

  @Override
  public List<Rule> rules() {
    return List.of(JSON, MULTIPLE, RELATIVE);
  }

  @Override
  public void run(LintContext context, Findings findings) {
    context.stagesWithTriggers().forEach(stage -> checkRepeated(stage.instructions(), findings));
    var withWorkdir = new HashSet<Integer>();
    for (var stage : context.stages()) {
      checkWorkdir(context, stage, withWorkdir, findings);
    }
    for (var stage : context.stagesWithTriggers()) {
      checkJson(context, stage, findings);
    }
  }

  /** Reports the earlier instruction, because it has no effect. */
  private static void checkRepeated(List<Instruction> instructions, Findings findings) {
    var last = new HashMap<Class<?>, Instruction>();
    for (var instruction : instructions) {
      if (instruction instanceof Cmd
          || instruction instanceof Entrypoint
          || instruction instanceof Healthcheck) {
        var previous = last.put(instruction.getClass(), instruction);
        if (previous != null) {
          findings.add(
              MULTIPLE,
              previous,
              "Multiple "
                  + instruction.statement().keyword()
                  + " instructions should not be used in the same stage because only the last one"
                  + " will be used");
        }
      }
    }
  }

  private static void checkWorkdir(
      LintContext context, EvaluatedStage stage, Set<Integer> withWorkdir, Findings findings) {
    boolean set = stage.base() instanceof ResolvedBase.Stage(int p) && withWorkdir.contains(p);
    for (var instruction : stage.instructions()) {
      if (instruction instanceof EvaluatedInstruction.Workdir workdir) {
        if (!set && !workdir.written().startsWith("/")) {
          findings.add(
              RELATIVE,
              context.written(workdir),
              "Relative workdir \""
                  + workdir.written()
                  + "\" can have unexpected results if the base image changes");
        }
        set = true;
      }
    }
    if (set) {
      withWorkdir.add(stage.index());
    }
  }

  private static void checkJson(LintContext context, Stage stage, Findings findings) {
    boolean hasShell =
        context
            .evaluated(stage.index())
            .filter(s -> !inheritedShell(context, s).isEmpty())
            .isPresent();
    for (var instruction : stage.instructions()) {
      hasShell |= instruction instanceof Shell;
      boolean shellForm =
          (instruction instanceof Cmd cmd && cmd.command().shell())
              || (instruction instanceof Entrypoint entrypoint && entrypoint.command().shell());
      if (shellForm && !hasShell) {
        findings.add(
            JSON,
            instruction,
            "JSON arguments recommended for "
                + instruction.statement().keyword()
                + " to prevent unintended behavior related to OS signals");
      }
    }
  }

  private static List<String> inheritedShell(LintContext context, EvaluatedStage stage) {
    return switch (stage.base()) {
      case ResolvedBase.Stage(int parent) ->
          context.evaluated(parent).map(p -> p.settings().shell()).orElse(List.of());
      case ResolvedBase.Image _ ->
          context.rootBase(stage).map(base -> base.settings().shell()).orElse(List.of());
      case ResolvedBase.Scratch _, ResolvedBase.NamedContext _ -> List.of();
    };
  }
}
