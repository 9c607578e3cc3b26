package dev.stagewright.dockerfile.lint.practice;

import dev.stagewright.dockerfile.instruction.Add;
import dev.stagewright.dockerfile.instruction.Copy;
import dev.stagewright.dockerfile.instruction.Instruction;
import dev.stagewright.dockerfile.instruction.Run;
import dev.stagewright.dockerfile.lint.Findings;
import dev.stagewright.dockerfile.lint.LintCheck;
import dev.stagewright.dockerfile.lint.LintContext;
import dev.stagewright.dockerfile.lint.Rule;
import dev.stagewright.dockerfile.lint.Severity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Checks for files that a layer adds and a later layer deletes. */
public final class DeletedInLaterLayer implements LintCheck {
  private static final Rule RULE =
      Rule.practice(
          "FileDeletedLater",
          Severity.INFO,
          "A file in a lower layer remains in the image even if a later layer deletes it",
          "Create, use and delete the file in one RUN, or mount it: RUN --mount=type=bind.");

  @Override
  public List<Rule> rules() {
    return List.of(RULE);
  }

  @Override
  public void run(LintContext context, Findings findings) {
    for (var stage : context.parsedStages()) {
      var created = new HashMap<String, Instruction>();
      for (var instruction : stage.instructions()) {
        if (instruction instanceof Run run) {
          check(run, created, findings);
        }
        creations(instruction).forEach(path -> created.putIfAbsent(path, instruction));
      }
    }
  }

  private static void check(Run run, Map<String, Instruction> created, Findings findings) {
    for (var command : ShellScript.of(run).of("rm")) {
      for (var path : command.operands()) {
        var creator = created.get(path);
        if (creator != null) {
          findings.add(
              RULE,
              run,
              path,
              "%s is added in line %d and deleted in a later layer"
                  .formatted(path, creator.position().line()));
          return;
        }
      }
    }
  }

  private static List<String> creations(Instruction instruction) {
    return switch (instruction) {
      case Copy copy -> copied(copy.files().paths(), copy.files().destination());
      case Add add -> copied(add.files().paths(), add.files().destination());
      case Run run -> written(ShellScript.of(run));
      default -> List.of();
    };
  }

  private static List<String> copied(List<String> sources, String destination) {
    if (!destination.endsWith("/")) {
      return destination.startsWith("/") ? List.of(destination) : List.of();
    }
    return sources.stream()
        .map(source -> destination + source.substring(source.lastIndexOf('/') + 1))
        .toList();
  }

  /**
   * The files that {@code curl -o}, {@code wget -O} and redirections write, except files that the
   * same RUN removes.
   */
  private static List<String> written(ShellScript script) {
    var paths = new ArrayList<String>();
    for (var command : script.commands()) {
      var words = command.words();
      for (int i = 0; i + 1 < words.size(); i++) {
        if (List.of("-o", "-O", "--output", "--output-document", ">", ">>").contains(words.get(i))
            || (words.get(i).equals("-Lo") || words.get(i).equals("-fsSLo"))) {
          paths.add(words.get(i + 1));
        }
      }
    }
    script.of("rm").forEach(command -> paths.removeAll(command.operands()));
    return paths;
  }
}
