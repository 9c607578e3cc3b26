package dev.stagewright.stage.files;

import dev.stagewright.layers.tar.RawName;
import java.io.IOException;

/** A path exists but is not a directory. */
public final class NotADirectoryException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String path;

  /** Reports this raw path. */
  public NotADirectoryException(String raw) {
    super("/" + RawName.text(raw) + ": not a directory");
    this.path = "/" + RawName.text(raw);
  }

  /** The absolute path as text. */
  public String path() {
    return path;
  }
}
