package dev.stagewright.worker.prepare;

import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.protocol.BuildRequest.Destination;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.TagTemplate;
import dev.stagewright.protocol.TagTemplate.Variable;
import dev.stagewright.worker.source.SourceTree;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * Resolves the names of an image.
 *
 * @param output repositories and templates of tags
 */
record ImageTags(BuildRequest.Output output) {
  private static final int SHORT_COMMIT = 7;

  /**
   * All names without duplicates, in the order of the request.
   *
   * @throws BuildFailedException if a tag is invalid; the message contains the field and the reason
   */
  List<ImageReference> of(SourceTree source) {
    var values = values(source);
    var names = new LinkedHashSet<ImageReference>();
    for (var destination : output.destinations()) {
      var repository = ImageReference.parse(destination.repository());
      for (var i = 0; i < destination.tags().size(); i++) {
        names.add(repository.tagged(tag(destination, i, values)));
      }
    }
    return List.copyOf(names);
  }

  private static Map<Variable, String> values(SourceTree source) {
    var values = new EnumMap<Variable, String>(Variable.class);
    source
        .revision()
        .ifPresent(commit -> {
          values.put(Variable.Commit, commit);
          values.put(Variable.ShortCommit, commit.substring(0, SHORT_COMMIT));
        });
    source.branch().ifPresent(branch -> values.put(Variable.Branch, branch.replace('/', '-')));
    return values;
  }

  private static String tag(Destination destination, int index, Map<Variable, String> values) {
    try {
      return new TagTemplate(destination.tags().get(index)).with(values).tag();
    } catch (IllegalArgumentException e) {
      throw new BuildFailedException(
          Failure.of(
              FailureReason.InvalidRequest, destination.fieldOfTag(index) + ": " + e.getMessage()),
          e);
    }
  }
}
