package dev.stagewright.dockerfile.lint.practice;

import dev.stagewright.dockerfile.eval.EvaluatedInstruction.Copy;
import dev.stagewright.dockerfile.eval.EvaluatedInstruction.Workdir;
import dev.stagewright.dockerfile.eval.EvaluatedStage;
import dev.stagewright.dockerfile.instruction.Instruction;
import dev.stagewright.dockerfile.instruction.Run;
import dev.stagewright.dockerfile.lint.Findings;
import dev.stagewright.dockerfile.lint.LintCheck;
import dev.stagewright.dockerfile.lint.LintContext;
import dev.stagewright.dockerfile.lint.Rule;
import dev.stagewright.dockerfile.lint.Severity;
import dev.stagewright.dockerfile.source.GoPath;
import dev.stagewright.dockerfile.source.GoText;
import dev.stagewright.dockerfile.stages.ResolvedBase;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Checks COPY and ADD of several sources for a destination that has no trailing slash and that is
 * not known to be a directory.
 */
public final class CopyDestinations implements LintCheck {
  private static final Rule RULE =
      Rule.practice(
          "DestinationWithoutSlash",
          Severity.WARNING,
          "If the destination is not a directory, each file overwrites the previous one",
          "Add a slash to the end of the destination.");
  private static final Set<String> COMMON_DIRECTORIES =
      Set.of(
          "/bin",
          "/etc",
          "/home",
          "/lib",
          "/opt",
          "/root",
          "/sbin",
          "/srv",
          "/tmp",
          "/usr",
          "/usr/bin",
          "/usr/lib",
          "/usr/local",
          "/usr/local/bin",
          "/usr/sbin",
          "/usr/share",
          "/var",
          "/var/lib");

  @Override
  public List<Rule> rules() {
    return List.of(RULE);
  }

  @Override
  public void run(LintContext context, Findings findings) {
    var byStage = new HashMap<Integer, Set<String>>();
    for (var stage : context.stages()) {
      var directories = inherited(stage, byStage);
      for (var instruction : stage.instructions()) {
        switch (instruction) {
          case Workdir workdir -> add(workdir.path(), directories);
          case Copy copy -> {
            check(copy, context.written(copy), directories, findings);
            addParents(copy.destination(), directories);
          }
          default -> addCreated(context.written(instruction), directories);
        }
      }
      byStage.put(stage.index(), directories);
    }
  }

  private static Set<String> inherited(EvaluatedStage stage, Map<Integer, Set<String>> byStage) {
    return switch (stage.base()) {
      case ResolvedBase.Stage(int parent) -> new HashSet<>(byStage.getOrDefault(parent, Set.of()));
      case ResolvedBase.Scratch _ -> new HashSet<>();
      case ResolvedBase.Image _, ResolvedBase.NamedContext _ -> new HashSet<>(COMMON_DIRECTORIES);
    };
  }

  private static void check(
      Copy copy, Instruction written, Set<String> directories, Findings findings) {
    int sources = copy.sources().size() + copy.files().size();
    var destination = copy.destination();
    if (sources > 1
        && !copy.parents()
        && !destination.endsWith("/")
        && !directories.contains(destination)) {
      findings.add(
          RULE,
          written,
          "%d sources are copied to %s, which has no trailing slash: if it is not a directory,"
                  .formatted(sources, GoText.quote(destination))
              + " only the last file is kept");
    }
  }

  private static void add(String path, Set<String> directories) {
    directories.add(path);
    addParents(path, directories);
  }

  /** Adds the parent directories of a path, and the path itself if it ends with a slash. */
  private static void addParents(String path, Set<String> directories) {
    for (int slash = path.indexOf('/', 1); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      directories.add(path.substring(0, slash));
    }
  }

  private static void addCreated(Instruction instruction, Set<String> directories) {
    if (instruction instanceof Run run) {
      ShellScript.of(run).of("mkdir", "install").stream()
          .flatMap(command -> command.operands().stream())
          .filter(operand -> operand.startsWith("/"))
          .forEach(operand -> add(GoPath.clean(operand), directories));
    }
  }
}
