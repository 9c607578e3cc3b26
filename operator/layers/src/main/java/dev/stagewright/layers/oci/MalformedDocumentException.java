package dev.stagewright.layers.oci;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A manifest, index or config that is not what the OCI image specification says. */
public final class MalformedDocumentException extends IOException {
  private static final long serialVersionUID = 1L;

  /** With what is wrong, and where in the document. */
  public MalformedDocumentException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
