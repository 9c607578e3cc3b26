package dev.stagewright.protocol.stream;

import java.io.IOException;

/** A stream of a source is malformed, or ends before its end. */
public final class SourceStreamException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * An exception for a stream.
   *
   * @param message what is wrong, as a part of a sentence
   */
  public SourceStreamException(String message) {
    super(message);
  }
}
