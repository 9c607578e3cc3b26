package dev.stagewright.protocol;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An instruction that changes the files of a stage, with expanded variables and explicit defaults.
 * Instructions that only change the image config (ENV, CMD, …) are not steps: the prepare phase
 * merges them into the image config and the history of the {@link StagePlan}.
 */
public sealed interface Step {

  /** The position of the instruction in the Dockerfile. */
  InstructionPosition position();

  /**
   * RUN.
   *
   * @param command program and arguments; for the shell form they include the shell
   * @param scripts read-only files that exist while the command runs (heredoc scripts with a {@code
   *     #!} line)
   * @param environment complete environment: ENV, ARG and proxy values; no other variables are
   *     inherited
   * @param workingDirectory absolute path; created if it is missing
   * @param user user as in USER ({@code name} or {@code uid}, with optional {@code :group}); empty
   *     means root
   * @param surroundings options of the command; the name is that of the JSON property, which
   *     running builds depend on
   */
  record Run(
      InstructionPosition position,
      List<String> command,
      List<InlineFile> scripts,
      Map<String, String> environment,
      String workingDirectory,
      String user,
      RunOptions surroundings)
      implements Step {
    /** A command with the default options. */
    public Run(
        InstructionPosition position,
        List<String> command,
        List<InlineFile> scripts,
        Map<String, String> environment,
        String workingDirectory,
        String user) {
      this(position, command, scripts, environment, workingDirectory, user, RunOptions.USUAL);
    }
  }

  /**
   * COPY, and ADD of local files.
   *
   * @param from root of the sources
   * @param sources paths and wildcards relative to {@code from}, with expanded variables
   * @param files heredocs, copied in addition to the sources
   * @param destination absolute path; ends with a slash, which makes it a directory, exactly if the
   *     destination in the Dockerfile ends with a slash or is {@code .}
   * @param chown {@code user[:group]}; empty means 0:0 for files of the context and the same owner
   *     for files of stages
   * @param chmod octal or symbolic mode; empty keeps the mode of the source
   * @param exclude patterns relative to each copied source directory
   * @param parents whether to keep the parent directories of the sources
   * @param link whether to copy independently of existing files in the stage
   * @param unpack whether to unpack recognized archives among the sources (ADD)
   * @param remotes remote sources of ADD
   */
  record Copy(
      InstructionPosition position,
      CopyFrom from,
      List<String> sources,
      List<InlineFile> files,
      String destination,
      Optional<String> chown,
      Optional<String> chmod,
      List<String> exclude,
      boolean parents,
      boolean link,
      boolean unpack,
      List<Remote> remotes)
      implements Step {
    /** Starts a step that copies to this destination. */
    public static CopyStepBuilder builder(
        InstructionPosition position, CopyFrom from, String destination) {
      return new CopyStepBuilder(position, from, destination);
    }

    /** Starts a copy of this step. */
    public CopyStepBuilder toBuilder() {
      return builder(position, from, destination)
          .sources(sources)
          .files(files)
          .chown(chown)
          .chmod(chmod)
          .exclude(exclude)
          .parents(parents)
          .link(link)
          .unpack(unpack)
          .remotes(remotes);
    }
  }

  /**
   * WORKDIR.
   *
   * @param path absolute path
   * @param user owner of created directories, as in {@link Run#user}
   */
  record Workdir(InstructionPosition position, String path, String user) implements Step {}

  /** The root of the sources of COPY. */
  sealed interface CopyFrom {
    /** The build context. */
    record Context() implements CopyFrom {}

    /**
     * Another stage.
     *
     * @param stage {@link StagePlan#id} of the stage
     */
    record Stage(String stage) implements CopyFrom {}
  }

  /**
   * Files that the prepare phase fetched for ADD: an indexed tar archive in {@link
   * Workspace#remote}. For a URL it contains one file, {@link #path}; for a git repository all
   * files to add.
   *
   * @param id {@code r0}, {@code r1}, …
   * @param path path to copy, relative to the root of the archive; empty means all files, as the
   *     content of a directory
   * @param after number of local sources before this source
   * @param unpack whether to unpack the file if it is an archive
   */
  record Remote(String id, String path, int after, boolean unpack) {}

  /**
   * A file whose content is part of the Dockerfile (a heredoc).
   *
   * @param name file name; for scripts of RUN the absolute path
   * @param content text with expanded variables
   */
  record InlineFile(String name, String content) {}
}
