package dev.stagewright.layers.oci;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A manifest, index or config does not conform to the OCI image specification. */
public final class MalformedDocumentException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Creates an exception with the problem, and its location in the document. */
  public MalformedDocumentException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
