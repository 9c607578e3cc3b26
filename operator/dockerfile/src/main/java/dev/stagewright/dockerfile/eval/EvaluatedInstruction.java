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

/** An instruction with all variables expanded and all defaults set. */
public sealed interface EvaluatedInstruction {

  /** The position of the instruction; for a trigger of ONBUILD, the position of FROM. */
  Position position();

  /** The text of the instruction on one line, shortened if it is long. */
  String text();

  /**
   * RUN.
   *
   * @param command program and arguments; the shell form begins with the shell
   * @param scripts executable, read-only files that the command needs
   * @param environment all variables: ENV, ARG and proxies
   * @param proxies names of the proxy variables that no ARG declares; they must not affect caching
   * @param workingDirectory absolute, not cleaned: intermediate directories are created too
   * @param user value of USER; empty for root
   * @param mounts in order
   * @param network {@code default}, {@code none} or {@code host}
   * @param insecure whether {@code --security=insecure} requests all privileges
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
   * @param add whether the instruction is ADD
   * @param from source of local files
   * @param sources in order
   * @param files files from heredocs, copied after the sources
   * @param destination absolute; ends with a slash if it is a directory
   * @param chown {@code user[:group]}
   * @param chmod octal or symbolic
   * @param exclude patterns relative to each copied directory
   * @param parents whether the parent directories of sources are kept
   * @param link whether the layer is independent of the layers below
   * @param unpack whether local archives are extracted
   * @param unpackRemote whether archives from URLs are extracted
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

    /** The local sources. */
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
   * @param written the path as in the Dockerfile
   * @param path absolute; created if it is missing, except {@code /}
   * @param user owner of created directories; empty for root
   */
  record Workdir(Position position, String text, String written, String path, String user)
      implements EvaluatedInstruction {}

  /**
   * An instruction that only changes the image config; the result is in {@link
   * EvaluatedStage#settings}.
   *
   * @param instruction with variables expanded
   */
  record Setting(Position position, String text, Instruction instruction)
      implements EvaluatedInstruction {}
}
