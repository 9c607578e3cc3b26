package dev.stagewright.protocol;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An instruction that touches a stage's files, with every variable expanded and every default
 * filled in. Instructions that only change the image config (ENV, CMD, …) are no steps: prepare has
 * folded them into the config and history of the {@link StagePlan}.
 */
public sealed interface Step {

  /** Where the instruction stands in the Dockerfile. */
  InstructionPosition position();

  /**
   * RUN.
   *
   * @param command the program and its arguments; the shell form has its shell in front already
   * @param scripts files that must exist, read-only, while the command runs (heredoc scripts with a
   *     {@code #!} line)
   * @param environment the whole environment: ENV, ARG and proxy values; nothing else is inherited
   * @param workingDirectory absolute; created where it is missing
   * @param user as USER has it ({@code name}, {@code uid}, with optional {@code :group}); empty
   *     means root
   * @param surroundings what it sees beside the stage's files
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
    /** A command without mounts, in the usual surroundings. */
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
   * @param from where the sources are looked up
   * @param sources as written, expanded; paths and wildcards relative to the root of {@code from}
   * @param files heredocs, copied beside the sources
   * @param destination absolute; ends with a slash exactly where the user's destination did (or was
   *     {@code .}), which makes it a directory
   * @param chown {@code user[:group]}; empty keeps 0:0 for the context and the owner for stages
   * @param chmod octal or symbolic; empty keeps the source's mode
   * @param exclude patterns relative to each copied source directory
   * @param parents keep the sources' parent directories
   * @param link copy independently of what the stage's root holds
   * @param unpack extract recognised archives among the sources (ADD)
   * @param remotes what ADD takes from elsewhere
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
   * @param path absolute
   * @param user who owns the directories that are created; as in {@link Run#user}
   */
  record Workdir(InstructionPosition position, String path, String user) implements Step {}

  /** Where COPY finds its sources. */
  sealed interface CopyFrom {
    /** The build context. */
    record Context() implements CopyFrom {}

    /**
     * Another stage.
     *
     * @param stage its {@link StagePlan#id}
     */
    record Stage(String stage) implements CopyFrom {}
  }

  /**
   * Files that prepare fetched for ADD: an indexed tar in {@link Workspace#remote}. A URL's holds
   * one file, {@link #path}; a git repository's all files that are added.
   *
   * @param id {@code r0}, {@code r1}, …
   * @param path what is copied, relative to the tar's root; empty means all of it, as the content
   *     of a directory
   * @param after how many of the local sources come before it
   * @param unpack extract it if it is an archive
   */
  record Remote(String id, String path, int after, boolean unpack) {}

  /**
   * A file whose content the Dockerfile holds (a heredoc).
   *
   * @param name its name, without folders; for scripts of RUN, the absolute path
   * @param content its text, expanded
   */
  record InlineFile(String name, String content) {}
}
