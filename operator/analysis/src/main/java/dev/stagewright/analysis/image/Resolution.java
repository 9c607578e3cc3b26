package dev.stagewright.analysis.image;

import java.util.List;

/** What the kernel finds at a path. */
public sealed interface Resolution {

  /**
   * A file that is not a symbolic link.
   *
   * @param file the file
   * @param through the directories and links on the way, for checks of permissions
   */
  record Found(ImageFile file, List<ImageFile> through) implements Resolution {
    /** Copies the list. */
    public Found {
      through = List.copyOf(through);
    }
  }

  /**
   * {@code ENOENT}.
   *
   * @param path the absolute path that does not exist, after all links on the way
   */
  record Missing(String path) implements Resolution {}

  /**
   * {@code ENOTDIR}.
   *
   * @param path of the file that would have to be a directory
   */
  record NotDirectory(String path) implements Resolution {}

  /**
   * {@code ELOOP}.
   *
   * @param path of the link
   */
  record Loop(String path) implements Resolution {}
}
