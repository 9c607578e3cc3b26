package dev.stagewright.dockerfile;

import dev.stagewright.dockerfile.instruction.Arg;
import dev.stagewright.dockerfile.instruction.Instruction;
import dev.stagewright.dockerfile.instruction.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A parsed Dockerfile.
 *
 * @param directives the parser directives at the top, in order
 * @param escape the escape character, a backslash or a backtick
 * @param statements all instructions in untyped form
 * @param globalArgs the ARG instructions before the first FROM
 * @param stages the build stages; at least one
 * @param emptyContinuations the last lines of instructions that contain a blank line in a
 *     continuation
 */
public record Dockerfile(
    List<Directive> directives,
    char escape,
    List<Statement> statements,
    List<Arg> globalArgs,
    List<Stage> stages,
    List<Integer> emptyContinuations) {
  /** Copies the lists. */
  public Dockerfile {
    directives = List.copyOf(directives);
    statements = List.copyOf(statements);
    globalArgs = List.copyOf(globalArgs);
    stages = List.copyOf(stages);
    emptyContinuations = List.copyOf(emptyContinuations);
  }

  /** The directive with a name. */
  public Optional<Directive> directive(String name) {
    return directives.stream().filter(directive -> directive.name().equals(name)).findFirst();
  }

  /** All instructions in order, including FROM and global ARG. */
  public List<Instruction> instructions() {
    var all = new ArrayList<Instruction>(globalArgs);
    for (var stage : stages) {
      all.add(stage.from());
      all.addAll(stage.instructions());
    }
    return List.copyOf(all);
  }

  /**
   * A parser directive, {@code # name=value}.
   *
   * @param name {@code syntax}, {@code escape} or {@code check}, in lower case
   * @param value as written
   * @param line line number, counted from 1
   */
  public record Directive(String name, String value, int line) {}
}
