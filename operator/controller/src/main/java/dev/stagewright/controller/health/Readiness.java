package dev.stagewright.controller.health;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whether the operator can do its work, check by check.
 *
 * @param checks in the order in which they are reported
 */
public record Readiness(List<Check> checks) implements Supplier<Readiness.Report> {
  /** Copies the list. */
  public Readiness {
    checks = List.copyOf(checks);
  }

  /**
   * One condition of readiness.
   *
   * @param name one word
   * @param problem why the condition is not met; empty if it is
   */
  public record Check(String name, Supplier<Optional<String>> problem) {}

  /**
   * The result of all checks.
   *
   * @param isReady whether no check has a problem
   * @param text one line for each check
   */
  public record Report(boolean isReady, String text) {}

  @Override
  public Report get() {
    var text = new StringBuilder();
    var isReady = true;
    for (var check : checks) {
      var problem = check.problem().get();
      isReady &= problem.isEmpty();
      text.append(problem.isEmpty() ? "[+]" : "[-]")
          .append(check.name())
          .append(' ')
          .append(problem.map(it -> "failed: " + it).orElse("ok"))
          .append('\n');
    }
    return new Report(isReady, text.toString());
  }
}
