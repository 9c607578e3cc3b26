package dev.stagewright.stage.copy;

import dev.stagewright.protocol.Step.CopyFrom;

/** Reports a missing source and suggests what may have been meant. */
final class MissingSource {
  private final FileTrees sources;
  private final CopyFrom from;

  MissingSource(FileTrees sources, CopyFrom from) {
    this.sources = sources;
    this.from = from;
  }

  CopyException exception(String source) {
    var path = source.startsWith("/") ? source : "/" + source;
    var message = "\"" + path + "\": not found in " + sources.describe(from);
    return new CopyException(message + hint(source));
  }

  private String hint(String source) {
    var directory = sources.workingDirectory(from);
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
