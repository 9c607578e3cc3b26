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
 * @param directives those at its top, in order
 * @param escape the escape token, a backslash or a backtick
 * @param statements every instruction as it was read
 * @param globalArgs the ARGs before the first FROM
 * @param stages at least one
 * @param emptyContinuations last lines of the instructions that have a blank line within a
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

  /** The directive of this name. */
  public Optional<Directive> directive(String name) {
    return directives.stream().filter(directive -> directive.name().equals(name)).findFirst();
  }

  /** Every instruction in order, FROM and global ARGs included. */
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
   * @param line where it stands, counted from 1
   */
  public record Directive(String name, String value, int line) {}
}
