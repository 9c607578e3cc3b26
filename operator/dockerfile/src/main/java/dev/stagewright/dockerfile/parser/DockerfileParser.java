package dev.stagewright.dockerfile.parser;

import dev.stagewright.dockerfile.Dockerfile;
import dev.stagewright.dockerfile.Stage;
import dev.stagewright.dockerfile.instruction.Arg;
import dev.stagewright.dockerfile.instruction.From;
import dev.stagewright.dockerfile.instruction.Instruction;
import dev.stagewright.dockerfile.instruction.Statement;
import dev.stagewright.dockerfile.source.DockerfileException;
import dev.stagewright.dockerfile.source.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Parses Dockerfiles. */
public final class DockerfileParser {
  private final List<Arg> globalArgs = new ArrayList<>();
  private final List<Stage> stages = new ArrayList<>();
  private final List<Instruction> instructions = new ArrayList<>();
  private Optional<From> from = Optional.empty();

  private DockerfileParser() {}

  /**
   * Parses a Dockerfile.
   *
   * @throws DockerfileException if the Dockerfile is invalid; no other exception is thrown for any
   *     text
   */
  public static Dockerfile parse(String text) {
    if (text.isEmpty()) {
      throw new DockerfileException(new Position(1, 1), "the Dockerfile cannot be empty");
    }
    return new DockerfileParser().stages(SyntaxParser.parse(text));
  }

  /**
   * Parses a Dockerfile up to the first invalid instruction.
   *
   * @throws DockerfileException if the lines cannot be read, or no instruction is valid
   */
  public static PartialDockerfile parsePartial(String text) {
    if (text.isEmpty()) {
      throw new DockerfileException(new Position(1, 1), "the Dockerfile cannot be empty");
    }
    var syntax = SyntaxParser.parse(text);
    var parser = new DockerfileParser();
    try {
      return new PartialDockerfile(parser.stages(syntax), Optional.empty());
    } catch (DockerfileException e) {
      parser.endStage();
      return new PartialDockerfile(parser.dockerfile(syntax), Optional.of(e));
    }
  }

  /**
   * Converts a statement to a typed instruction.
   *
   * @throws DockerfileException if the instruction is unknown, or its flags or arguments are
   *     invalid
   */
  public static Instruction instruction(Statement statement) {
    return InstructionParser.parse(statement);
  }

  private Dockerfile stages(SyntaxTree syntax) {
    for (var statement : syntax.statements()) {
      switch (InstructionParser.parse(statement)) {
        case From next -> {
          endStage();
          from = Optional.of(next);
        }
        case Arg arg when from.isEmpty() -> globalArgs.add(arg);
        case Instruction instruction when from.isEmpty() ->
            throw new DockerfileException(
                instruction.position(), "no build stage in current context");
        case Instruction instruction -> instructions.add(instruction);
      }
    }
    endStage();
    if (stages.isEmpty()) {
      throw new DockerfileException(
          syntax.statements().getLast().position(), "dockerfile contains no stages to build");
    }
    return dockerfile(syntax);
  }

  private Dockerfile dockerfile(SyntaxTree syntax) {
    return new Dockerfile(
        syntax.directives(),
        syntax.escape(),
        syntax.statements(),
        globalArgs,
        stages,
        syntax.emptyContinuations());
  }

  private void endStage() {
    from.ifPresent(f -> stages.add(new Stage(stages.size(), f, instructions)));
    from = Optional.empty();
    instructions.clear();
  }
}
