package dev.stagewright.worker;

import java.io.PrintStream;

/**
 * The phase's log, for people: plain lines, one a fact. Lines of several threads do not mix.
 *
 * @param out where the lines go
 */
public record Log(PrintStream out) {

  /** Writes a line. */
  public synchronized void say(String line) {
    out.println(line);
    out.flush();
  }
}
