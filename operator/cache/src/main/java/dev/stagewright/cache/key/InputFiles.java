package dev.stagewright.cache.key;

import dev.stagewright.protocol.RunMount;
import dev.stagewright.protocol.Step;
import java.util.Optional;

/**
 * Finds the files that steps read from the build context, from remote sources and from stages.
 * Files that cannot be read are an {@link java.io.UncheckedIOException}.
 */
public interface InputFiles {
  /**
   * The files that COPY or ADD copies, except heredocs. If a source is missing, the step will fail
   * and nothing is recorded for it, so the result is some files that no other step has.
   *
   * @return empty if they are not known, because a stage that they come from has not run
   */
  Optional<SelectedFiles> of(Step.Copy step);

  /**
   * The files of a bind mount; a missing source is treated as for COPY.
   *
   * @return empty if they are not known, because the stage that they come from has not run
   */
  Optional<SelectedFiles> of(RunMount.Bind mount);
}
