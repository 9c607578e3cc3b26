package dev.stagewright.dockerfile.stages;

import dev.stagewright.dockerfile.source.DockerfileException;
import dev.stagewright.dockerfile.source.GoText;
import dev.stagewright.dockerfile.source.Position;
import dev.stagewright.dockerfile.source.Suggestion;
import java.util.Collection;

/** The target stage does not exist: an error in the request, not in the Dockerfile. */
public final class TargetNotFoundException extends DockerfileException {
  private static final long serialVersionUID = 1L;

  TargetNotFoundException(Position last, String target, Collection<String> names) {
    this(last, target, reason(target, names));
  }

  private TargetNotFoundException(Position last, String target, String reason) {
    super(last, reason, target, reason);
  }

  private static String reason(String target, Collection<String> names) {
    return Suggestion.append(
        "target stage " + GoText.quote(target) + " could not be found", target, names, true);
  }
}
