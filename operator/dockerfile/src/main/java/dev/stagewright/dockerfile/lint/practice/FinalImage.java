package dev.stagewright.dockerfile.lint.practice;

import dev.stagewright.dockerfile.Stage;
import dev.stagewright.dockerfile.eval.EvaluatedStage;
import dev.stagewright.dockerfile.instruction.Cmd;
import dev.stagewright.dockerfile.instruction.CommandLine;
import dev.stagewright.dockerfile.instruction.Entrypoint;
import dev.stagewright.dockerfile.instruction.Instruction;
import dev.stagewright.dockerfile.instruction.Run;
import dev.stagewright.dockerfile.lint.Findings;
import dev.stagewright.dockerfile.lint.LintCheck;
import dev.stagewright.dockerfile.lint.LintContext;
import dev.stagewright.dockerfile.lint.Rule;
import dev.stagewright.dockerfile.lint.Severity;
import dev.stagewright.dockerfile.stages.ResolvedBase;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks the final image: its user, its processes and its tools. */
public final class FinalImage implements LintCheck {
  private static final Rule ROOT =
      Rule.practice(
          "RootUser",
          Severity.WARNING,
          "An attacker who takes over the program is root in the container",
          "Set USER to a numeric id at the end of the final stage.");
  private static final Rule PROCESSES =
      Rule.practice(
          "SeveralProcesses",
          Severity.WARNING,
          "The end of one process is not noticed, and only the shell receives signals",
          "Run one process per container.");
  private static final Rule TOOLCHAIN =
      Rule.practice(
          "ToolchainInFinalStage",
          Severity.INFO,
          "Compilers make the image larger and help attackers",
          "Build in a separate stage and copy the result.");
  private static final Pattern TOOL_IMAGE =
      Pattern.compile("(?:.*/)?(?:golang|maven|gradle|rust|gcc|sbt)(?:[:@].*)?");
  private static final Set<String> TOOLS =
      Set.of(
          "build-essential",
          "build-base",
          "gcc",
          "g++",
          "clang",
          "make",
          "cmake",
          "golang",
          "go",
          "rustc",
          "cargo",
          "maven",
          "gradle",
          "default-jdk");

  @Override
  public List<Rule> rules() {
    return List.of(ROOT, PROCESSES, TOOLCHAIN);
  }

  @Override
  public void run(LintContext context, Findings findings) {
    context
        .target()
        .flatMap(target -> context.evaluated(target.index()))
        .ifPresent(stage -> {
          checkUser(context, stage, findings);
          checkTools(stage, findings);
        });
    for (var stage : context.parsedStages()) {
      stage.instructions().forEach(instruction -> checkProcesses(instruction, findings));
    }
  }

  private static void checkUser(LintContext context, EvaluatedStage stage, Findings findings) {
    var user = stage.settings().user();
    boolean mayBeSetByBase =
        context.rootImage(stage).filter(image -> image.name().contains("nonroot")).isPresent()
            && context.rootBase(stage).isEmpty();
    var name = user.split(":", 2)[0];
    if (!mayBeSetByBase && (name.isEmpty() || name.equals("root") || name.equals("0"))) {
      findings.add(
          ROOT,
          stage.stage().from(),
          "The final stage " + (user.isEmpty() ? "sets no USER" : "runs as " + user));
    }
  }

  private static void checkTools(EvaluatedStage stage, Findings findings) {
    if (stage.base() instanceof ResolvedBase.Image(var name)
        && TOOL_IMAGE.matcher(name).matches()) {
      findings.add(
          TOOLCHAIN, stage.stage().from(), "The final stage is built on the tool image " + name);
    }
    Stage written = stage.stage();
    for (var instruction : written.instructions()) {
      if (instruction instanceof Run run) {
        checkTools(run, findings);
      }
    }
  }

  private static void checkTools(Run run, Findings findings) {
    var script = ShellScript.of(run);
    boolean removed =
        script.commands().stream()
            .anyMatch(c -> c.hasSubcommand("purge", "remove", "autoremove", "del"));
    if (removed) {
      return;
    }
    script.of("apt-get", "apt", "apk", "yum", "dnf", "microdnf").stream()
        .filter(command -> command.hasSubcommand("install", "add"))
        .flatMap(command -> command.operands().stream().skip(1))
        .map(word -> word.split("[=<>~]", 2)[0])
        .filter(TOOLS::contains)
        .findFirst()
        .ifPresent(tool -> findings.add(TOOLCHAIN, run, tool, "The final stage installs " + tool));
  }

  private static void checkProcesses(Instruction instruction, Findings findings) {
    switch (instruction) {
      case Cmd cmd -> checkProcesses(cmd, cmd.command(), findings);
      case Entrypoint entrypoint -> checkProcesses(entrypoint, entrypoint.command(), findings);
      default -> {}
    }
  }

  private static void checkProcesses(
      Instruction instruction, CommandLine command, Findings findings) {
    if (ShellScript.of(command).commands().stream().anyMatch(c -> c.operator().equals("&"))) {
      findings.add(
          PROCESSES, instruction, instruction.keyword() + " starts processes in the background");
    }
  }
}
