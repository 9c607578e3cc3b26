package dev.stagewright.registry.tls;

import java.io.IOException;

/**
 * A file is not valid PEM with certificates or a private key. The message quotes nothing of the
 * file.
 */
public final class MalformedPemException extends IOException {
  private static final long serialVersionUID = 1L;

  MalformedPemException(String name, String problem) {
    super(name + ": " + problem);
  }
}
