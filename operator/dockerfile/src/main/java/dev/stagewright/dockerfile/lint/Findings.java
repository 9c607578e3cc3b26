package dev.stagewright.dockerfile.lint;

import dev.stagewright.dockerfile.instruction.Instruction;
import dev.stagewright.dockerfile.instruction.Statement;
import dev.stagewright.dockerfile.source.Position;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;

/** Collects findings, except findings that the Dockerfile or the instruction skips. */
public final class Findings {
  private final CheckOptions options;
  private final LinkedHashSet<Finding> found = new LinkedHashSet<>();

  Findings(CheckOptions options) {
    this.options = options;
  }

  /** Adds a finding at an instruction. */
  public void add(Rule rule, Instruction instruction, String message) {
    add(rule, instruction.statement(), instruction.position(), message);
  }

  /** Adds a finding at a text of an instruction. */
  public void add(Rule rule, Instruction instruction, String offending, String message) {
    add(rule, instruction.statement(), instruction.statement().locate(offending), message);
  }

  /** Adds a finding at a position. */
  public void add(Rule rule, Position position, String message) {
    if (options.reports(rule)) {
      found.add(new Finding(rule, message, position));
    }
  }

  List<Finding> inOrder() {
    return found.stream().sorted(Comparator.comparing(Finding::position)).toList();
  }

  /** {@code # check=skip=Rule} above an instruction applies to that instruction. */
  private void add(Rule rule, Statement statement, Position position, String message) {
    if (options.with(statement.comments()).reports(rule)) {
      found.add(new Finding(rule, message, position));
    }
  }
}
