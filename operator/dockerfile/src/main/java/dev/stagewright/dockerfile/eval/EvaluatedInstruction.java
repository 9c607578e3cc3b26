package dev.stagewright.dockerfile.eval;

import dev.stagewright.dockerfile.instruction.Instruction;
import dev.stagewright.dockerfile.source.Position;
import dev.stagewright.dockerfile.stages.FileSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An instruction with every variable expanded and every default filled in. */
public sealed interface EvaluatedInstruction {

  /** Where it stands; for a trigger of ONBUILD, where FROM stands. */
  Position position();

  /** The instruction as written, on one line, shortened where it is long. */
  String text();

  /**
   * RUN.
   *
   * @param command program and arguments; the shell form has its shell in front
   * @param scripts files that must exist, executable and read-only, while the command runs
   * @param environment the whole of it: ENV, ARG and proxies
   * @param proxies names of the variables that are there only because of proxy arguments that no
   *     ARG declares; they must not count for caching
   * @param workingDirectory absolute, as it is written otherwise: what it leads through is made too
   * @param user as USER has it; empty means root
   * @param mounts in order
   * @param network {@code default}, {@code none} or {@code host}
   * @param insecure whether {@code --security=insecure} asks for all privileges
   */
  record Run(
      Position position,
      String text,
      List<String> command,
      List<InlineFile> scripts,
      Map<String, String> environment,
      Set<String> proxies,
      String workingDirectory,
      String user,
      List<ResolvedMount> mounts,
      String network,
      boolean insecure)
      implements EvaluatedInstruction {
    /** Copies the collections; the order of the environment stays. */
    public Run {
      command = List.copyOf(command);
      scripts = List.copyOf(scripts);
      environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
      proxies = Set.copyOf(proxies);
      mounts = List.copyOf(mounts);
    }
  }

  /**
   * COPY or ADD.
   *
   * @param add whether it is ADD
   * @param from where local sources are looked up
   * @param sources in order
   * @param files heredocs, copied after the sources
   * @param destination absolute; ends with a slash where it is to be a directory
   * @param chown {@code user[:group]}
   * @param chmod octal or symbolic
   * @param exclude patterns relative to each copied directory
   * @param parents keep the sources' parent directories
   * @param link copy independently of what is there
   * @param unpack extract recognised archives among local sources
   * @param unpackRemote extract recognised archives among URLs
   */
  record Copy(
      Position position,
      String text,
      boolean add,
      FileSource from,
      List<AddSource> sources,
      List<InlineFile> files,
      String destination,
      Optional<String> chown,
      Optional<String> chmod,
      List<String> exclude,
      boolean parents,
      boolean link,
      boolean unpack,
      boolean unpackRemote)
      implements EvaluatedInstruction {
    /** Copies the lists. */
    public Copy {
      sources = List.copyOf(sources);
      files = List.copyOf(files);
      exclude = List.copyOf(exclude);
    }

    /** The sources that are paths. */
    public List<String> paths() {
      return sources.stream()
          .filter(AddSource.Local.class::isInstance)
          .map(source -> ((AddSource.Local) source).path())
          .toList();
    }
  }

  /**
   * WORKDIR.
   *
   * @param written the path before it was made absolute
   * @param path absolute; created where it is missing, unless it is {@code /}
   * @param user who owns what is created; empty means root
   */
  record Workdir(Position position, String text, String written, String path, String user)
      implements EvaluatedInstruction {}

  /**
   * An instruction that only changes the image config; the change is in {@link
   * EvaluatedStage#settings}.
   *
   * @param instruction with variables expanded
   */
  record Setting(Position position, String text, Instruction instruction)
      implements EvaluatedInstruction {}
}
