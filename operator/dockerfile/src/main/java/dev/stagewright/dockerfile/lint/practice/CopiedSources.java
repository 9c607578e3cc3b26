package dev.stagewright.dockerfile.lint.practice;

import dev.stagewright.dockerfile.Stage;
import dev.stagewright.dockerfile.instruction.Add;
import dev.stagewright.dockerfile.instruction.Copy;
import dev.stagewright.dockerfile.instruction.Instruction;
import dev.stagewright.dockerfile.instruction.Run;
import dev.stagewright.dockerfile.instruction.SourcesAndDestination;
import dev.stagewright.dockerfile.lint.Findings;
import dev.stagewright.dockerfile.lint.LintCheck;
import dev.stagewright.dockerfile.lint.LintContext;
import dev.stagewright.dockerfile.lint.Rule;
import dev.stagewright.dockerfile.lint.Severity;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Checks for copies of the whole build context, and for ADD instead of COPY. */
public final class CopiedSources implements LintCheck {
  /** The rule about the order of instructions. A build adds what the order has cost. */
  public static final String ORDER_ID = "SourceBeforeDependencies";

  private static final Rule ORDER =
      Rule.practice(
          ORDER_ID,
          Severity.INFO,
          "Every change of the source code reinstalls all dependencies",
          "Copy the lock files, install the dependencies, then copy the source code.");
  private static final Rule NO_IGNORE =
      Rule.practice(
          "CopyAllWithoutIgnore",
          Severity.WARNING,
          "The image contains .git, secrets and build output, and every change of them"
              + " invalidates the cache",
          "Add a .dockerignore file.");
  private static final Rule ADD =
      Rule.practice(
          "AddInsteadOfCopy",
          Severity.INFO,
          "ADD can also fetch URLs and extract archives, so readers must check what it does",
          "Use COPY.");
  private static final Set<String> WHOLE = Set.of(".", "./", "/", "*", "./*");
  private static final List<String> ARCHIVES =
      List.of(".tar", ".tgz", ".gz", ".bz2", ".tbz2", ".xz", ".txz", ".zst", ".tzst");
  private static final List<List<String>> INSTALLERS =
      List.of(
          List.of("npm", "install", "ci", "i"),
          List.of("yarn", "install"),
          List.of("pnpm", "install", "i"),
          List.of("go", "mod"),
          List.of("bundle", "install"),
          List.of("composer", "install"),
          List.of("poetry", "install"),
          List.of("cargo", "fetch"),
          List.of("mvn", "dependency:go-offline", "dependency:resolve"));

  @Override
  public List<Rule> rules() {
    return List.of(ORDER, NO_IGNORE, ADD);
  }

  @Override
  public void run(LintContext context, Findings findings) {
    for (var stage : context.parsedStages()) {
      checkOrder(stage, findings);
      for (var instruction : stage.instructions()) {
        if (context.request().ignoreKnown()
            && context.request().ignore().isEmpty()
            && copiesWhole(instruction)) {
          findings.add(
              NO_IGNORE,
              instruction,
              "The whole build context is copied and there is no .dockerignore");
        }
        if (instruction instanceof Add add && isPlain(add)) {
          findings.add(ADD, add, "ADD of local files has the same effect as COPY");
        }
      }
    }
  }

  private static void checkOrder(Stage stage, Findings findings) {
    Optional<Instruction> whole = Optional.empty();
    for (var instruction : stage.instructions()) {
      if (whole.isEmpty() && copiesWhole(instruction)) {
        whole = Optional.of(instruction);
      } else if (whole.isPresent() && instruction instanceof Run run && installs(run)) {
        findings.add(
            ORDER,
            run,
            "Dependencies are installed after the whole build context is copied in line "
                + whole.get().position().line());
        return;
      }
    }
  }

  private static boolean copiesWhole(Instruction instruction) {
    return switch (instruction) {
      case Copy copy -> copy.from().isEmpty() && isWhole(copy.files());
      case Add add -> isWhole(add.files());
      default -> false;
    };
  }

  private static boolean isWhole(SourcesAndDestination files) {
    return files.paths().stream().anyMatch(WHOLE::contains);
  }

  private static boolean installs(Run run) {
    return ShellScript.of(run).commands().stream()
        .anyMatch(command ->
            INSTALLERS.stream()
                    .anyMatch(known ->
                        known.getFirst().equals(command.program())
                            && known.subList(1, known.size()).stream()
                                .anyMatch(command::hasSubcommand))
                || (command.program().startsWith("pip")
                    && command.hasSubcommand("install")
                    && command.hasOption("-r")));
  }

  private static boolean isPlain(Add add) {
    return add.unpack().isEmpty()
        && add.files().documents().isEmpty()
        && add.files().paths().stream()
            .noneMatch(path ->
                path.contains("://")
                    || path.contains("@")
                    || path.contains("$")
                    || ARCHIVES.stream().anyMatch(path.toLowerCase(Locale.ROOT)::endsWith));
  }
}
