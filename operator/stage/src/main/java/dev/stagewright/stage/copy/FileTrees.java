package dev.stagewright.stage.copy;

import dev.stagewright.layers.tar.IndexedTar;
import dev.stagewright.protocol.Step;
import dev.stagewright.protocol.Step.CopyFrom;
import java.io.IOException;
import java.util.Optional;

/** The files that COPY and ADD read. */
public interface FileTrees {
  /**
   * Opens the files of a source, and waits until they are ready. The caller does not close them.
   */
  IndexedTar open(CopyFrom from) throws IOException;

  /** Opens the files that prepare fetched for ADD. The caller does not close them. */
  IndexedTar open(Step.Remote remote) throws IOException;

  /** The name of a source in messages: {@code stage "builder"}, {@code the build context}. */
  String describe(CopyFrom from);

  /** The last working directory of a stage; empty if it is the root or the source is no stage. */
  Optional<String> workingDirectory(CopyFrom from);
}
