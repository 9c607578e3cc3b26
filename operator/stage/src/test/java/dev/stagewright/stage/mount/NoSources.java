package dev.stagewright.stage.mount;

import dev.stagewright.layers.tar.IndexedTar;
import dev.stagewright.protocol.Step;
import dev.stagewright.protocol.Step.CopyFrom;
import dev.stagewright.stage.copy.CopySources;
import java.util.Optional;

/** The sources of a stage that copies nothing. */
record NoSources() implements CopySources {
  @Override
  public IndexedTar open(CopyFrom from) {
    throw new AssertionError("nothing is copied");
  }

  @Override
  public IndexedTar open(Step.Remote remote) {
    throw new AssertionError("nothing is copied");
  }

  @Override
  public String describe(CopyFrom from) {
    return "nothing";
  }

  @Override
  public String definition(CopyFrom from) {
    return "none";
  }

  @Override
  public Optional<String> workingDirectory(CopyFrom from) {
    return Optional.empty();
  }
}
