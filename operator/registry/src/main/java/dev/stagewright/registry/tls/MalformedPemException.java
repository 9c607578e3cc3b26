package dev.stagewright.registry.tls;

import java.io.IOException;

/** A file that should hold certificates or a key and does not. It quotes nothing of the file. */
public final class MalformedPemException extends IOException {
  private static final long serialVersionUID = 1L;

  MalformedPemException(String name, String problem) {
    super(name + ": " + problem);
  }
}
