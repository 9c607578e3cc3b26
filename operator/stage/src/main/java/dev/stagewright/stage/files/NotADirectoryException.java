package dev.stagewright.stage.files;

import dev.stagewright.layers.tar.RawName;
import java.io.IOException;

/** A directory is wanted where something else is. */
public final class NotADirectoryException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String path;

  /** At this raw path. */
  public NotADirectoryException(String raw) {
    super("/" + RawName.text(raw) + ": not a directory");
    this.path = "/" + RawName.text(raw);
  }

  /** Where, absolute, as text. */
  public String path() {
    return path;
  }
}
