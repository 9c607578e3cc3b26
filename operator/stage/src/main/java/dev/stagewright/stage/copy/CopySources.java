package dev.stagewright.stage.copy;

import dev.stagewright.protocol.Step.CopyFrom;

/** The sources of COPY and of mounts: their files, and their identity across builds. */
public interface CopySources extends FileTrees {
  /**
   * The identity of a source across builds: changes with the instructions that create the files and
   * with the base image of these instructions.
   */
  String definition(CopyFrom from);
}
