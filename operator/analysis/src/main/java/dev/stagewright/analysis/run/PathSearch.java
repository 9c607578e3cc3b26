package dev.stagewright.analysis.run;

import dev.stagewright.analysis.image.Resolution;
import java.util.Optional;

/** Looks for a program in PATH as processes in the container do, with the rights of their user. */
final class PathSearch {
  private final Container container;

  PathSearch(Container container) {
    this.container = container;
  }

  /** The path of the first file that the user may execute. */
  Optional<String> find(String name) {
    return container.environment().path().stream()
        .map(folder -> (folder.endsWith("/") ? folder : folder + "/") + name)
        .filter(this::isExecutable)
        .findFirst();
  }

  private boolean isExecutable(String path) {
    return container.resolve(path) instanceof Resolution.Found found
        && found.file().file().isFile()
        && container.reachable(found)
        && container.user().mayExecute(found.file());
  }
}
