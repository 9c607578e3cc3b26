package dev.stagewright.kubectl.context;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Explains why a file cannot be read. */
final class Unreadable {
  private Unreadable() {}

  static ContextException file(Path path, IOException e) {
    return new ContextException(
        switch (e) {
          case AccessDeniedException _ ->
              "no permission to read %s; change its mode, or exclude it in .dockerignore"
                  .formatted(path);
          case NoSuchFileException _ ->
              ("%s cannot be opened: it was deleted while the context was read, or its name is not"
                      + " valid in the locale (try LC_ALL=C.UTF-8)")
                  .formatted(path);
          default -> "cannot read %s: %s".formatted(path, e.getMessage());
        });
  }
}
