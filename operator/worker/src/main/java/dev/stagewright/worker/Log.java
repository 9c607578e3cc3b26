package dev.stagewright.worker;

import java.io.PrintStream;

/**
 * The log of a phase: plain lines for users. Thread-safe.
 *
 * @param out the target of the lines
 */
public record Log(PrintStream out) {

  /** Writes a line. */
  public synchronized void print(String line) {
    out.println(line);
    out.flush();
  }
}
