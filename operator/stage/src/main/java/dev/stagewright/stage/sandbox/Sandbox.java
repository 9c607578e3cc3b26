package dev.stagewright.stage.sandbox;

import dev.stagewright.layers.tar.TarWriter;
import dev.stagewright.protocol.SandboxKind;
import dev.stagewright.stage.details.LayerDetails;
import dev.stagewright.stage.diff.Exclusions;
import dev.stagewright.stage.linux.Command;
import dev.stagewright.stage.linux.RootFileSystem;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * Isolates the instructions of a stage: gives access to its files, runs commands, and tracks
 * changes.
 */
public interface Sandbox {

  /**
   * The files of the stage for the current instruction. Each instruction must call this method
   * again.
   */
  RootFileSystem files();

  /** Paths that do not belong to the stage. */
  Exclusions excluded();

  /** The mounts of the Pod that every command sees in addition to its own mounts. */
  List<SandboxMount> volumes();

  /**
   * Runs a command, waits for its end and kills the processes that it left.
   *
   * @param context mounts, network and privileges of the command
   * @param output receives the output of the command
   * @return the exit code; 128 plus the signal number if a signal terminated the command
   * @throws SandboxUnavailableException if this sandbox does not support the context
   * @throws IOException if the command cannot be executed
   */
  int run(Command command, CommandContext context, OutputStream output) throws IOException;

  /** Hints on errors that are caused by limits of this sandbox. */
  SandboxHint hint();

  /** The kind of the sandbox. */
  SandboxKind kind();

  /**
   * Ends an instruction whose changes are not written as a layer. Afterwards, as in BuildKit,
   * writing to one name of a file that has several names changes this name only, if the files of
   * the sandbox are a stack of layers.
   */
  default void startLayer() throws IOException {}

  /** Starts to track changes. */
  void beginChanges() throws IOException;

  /** Makes all changes until now a part of the base of the stage. */
  void skipChanges() throws IOException;

  /**
   * Writes the changes since the last call or since tracking started.
   *
   * @param details receives details that the layer lacks
   */
  void writeChanges(TarWriter layer, LayerDetails details) throws IOException;
}
