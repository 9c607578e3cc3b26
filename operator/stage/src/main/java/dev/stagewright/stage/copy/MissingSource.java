package dev.stagewright.stage.copy;

import dev.stagewright.protocol.Step;

/** Says that a source is not there, and what may have been meant. */
final class MissingSource {
  private final CopySources sources;
  private final Step.Copy step;

  MissingSource(CopySources sources, Step.Copy step) {
    this.sources = sources;
    this.step = step;
  }

  CopyException exception(String source) {
    var path = source.startsWith("/") ? source : "/" + source;
    var message = "\"" + path + "\": not found in " + sources.describe(step.from());
    return new CopyException(message + hint(source));
  }

  private String hint(String source) {
    var directory = sources.workingDirectory(step.from());
    if (source.startsWith("/") || directory.isEmpty()) {
      return "";
    }
    return "; paths in --from are relative to the root of that stage, not to its WORKDIR: was \""
        + directory.get()
        + "/"
        + source
        + "\" meant?";
  }
}
