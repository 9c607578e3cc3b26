package dev.stagewright.cache.key;

import dev.stagewright.protocol.RunMount;
import dev.stagewright.protocol.Step;
import java.util.Optional;

/** Finds the files that steps read from the build context, from remote sources and from stages. */
public interface InputFiles {
  /**
   * The files that COPY or ADD copies, except heredocs.
   *
   * @return empty if they are not known, because a stage that they come from has not run
   */
  Optional<SelectedFiles> of(Step.Copy step);

  /**
   * The files of a bind mount.
   *
   * @return empty if they are not known, because the stage that they come from has not run
   */
  Optional<SelectedFiles> of(RunMount.Bind mount);
}
