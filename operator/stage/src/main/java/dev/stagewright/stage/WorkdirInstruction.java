package dev.stagewright.stage;

import dev.stagewright.layers.tar.RawName;
import dev.stagewright.protocol.Step;
import dev.stagewright.stage.files.Directories;
import dev.stagewright.stage.linux.RootFileSystem;
import dev.stagewright.stage.path.LinkResolver;
import dev.stagewright.stage.users.Owner;
import dev.stagewright.stage.users.UserLookup;
import java.io.IOException;

/** Executes WORKDIR: creates the directory and its parents if they are missing. */
final class WorkdirInstruction {

  void execute(Step.Workdir step, RootFileSystem files) throws IOException {
    var path = new LinkResolver(files::readLink).resolve(RawName.of(step.path()));
    new Directories(files).create(path, Directories.DEFAULT_MODE, owner(step, files));
  }

  /** As in BuildKit, USER is resolved like {@code --chown}; an unknown user means root. */
  private static Owner owner(Step.Workdir step, RootFileSystem files) throws IOException {
    return new UserLookup(files).owner(step.user()).owner();
  }
}
