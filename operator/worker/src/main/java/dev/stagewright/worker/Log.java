package dev.stagewright.worker;

import dev.stagewright.protocol.LogFrame;
import java.io.PrintStream;

/**
 * The log of a phase: plain lines for users, and frames for the operator. Thread-safe.
 *
 * @param out the target of the lines
 */
public record Log(PrintStream out) {

  /** Writes text for users, which may contain text of others. */
  public void print(String text) {
    write(LogFrame.escape(text));
  }

  /** Writes a line for the operator. */
  public void frame(LogFrame.Kind kind, String json) {
    write(LogFrame.format(kind, json));
  }

  /** Writes a line as it is. */
  synchronized void write(String line) {
    out.println(line);
    out.flush();
  }
}
