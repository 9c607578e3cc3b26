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

/** A place for a stage's instructions: its files, its processes, what they change. */
public interface Sandbox {

  /**
   * The stage's files as the instruction under way sees them. To be asked for again in each
   * instruction.
   */
  RootFileSystem files();

  /** What is among the files without being the stage's. */
  Exclusions excluded();

  /** What every command sees of the Pod's mounts, beside what it asks for. */
  List<SandboxMount> volumes();

  /**
   * Runs a command and waits for its end. No process that it left behind is alive afterwards.
   *
   * @param setting what it gets beside the stage's files
   * @param output takes what the command writes, as it comes
   * @return its exit code; 128 and the signal's number where a signal ended it
   * @throws SandboxUnavailableException if this sandbox cannot give what the setting asks for
   * @throws IOException if it cannot be executed
   */
  int run(Command command, CommandContext setting, OutputStream output) throws IOException;

  /** What to say of errors that are limits of this sandbox. */
  SandboxHint advice();

  /** Which one it is. */
  SandboxKind kind();

  /** Marks the beginning: from here on changes are kept account of. */
  void beginChanges() throws IOException;

  /** Takes what changed since then for a part of what the stage starts from. */
  void skipChanges() throws IOException;

  /**
   * Writes what changed since the last call, or since the beginning.
   *
   * @param details takes what the layer cannot hold
   */
  void writeChanges(TarWriter layer, LayerDetails details) throws IOException;
}
