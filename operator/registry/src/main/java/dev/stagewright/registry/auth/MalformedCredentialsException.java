package dev.stagewright.registry.auth;

import java.io.IOException;

/** A file is not a valid Docker config. The message quotes nothing of the file's content. */
public final class MalformedCredentialsException extends IOException {
  private static final long serialVersionUID = 1L;

  MalformedCredentialsException(String name, String problem) {
    super(name + ": " + problem);
  }
}
