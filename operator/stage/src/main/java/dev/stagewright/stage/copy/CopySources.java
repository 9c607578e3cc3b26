package dev.stagewright.stage.copy;

import dev.stagewright.layers.tar.IndexedTar;
import dev.stagewright.protocol.Step;
import dev.stagewright.protocol.Step.CopyFrom;
import java.io.IOException;
import java.util.Optional;

/** Where COPY finds what it copies. */
public interface CopySources {
  /** The files, waited for if they are not ready. Stays open. */
  IndexedTar open(CopyFrom from) throws IOException;

  /** What prepare fetched for ADD. Stays open. */
  IndexedTar open(Step.Remote remote) throws IOException;

  /** For messages: {@code stage "builder"}, {@code the build context}. */
  String describe(CopyFrom from);

  /**
   * By what the files of a source are known in later builds: changes with the instructions that
   * make them and the image that these begin with.
   */
  String definition(CopyFrom from);

  /** The working directory that a stage ended in; empty where it is the root, or not a stage. */
  Optional<String> workingDirectory(CopyFrom from);
}
