package dev.stagewright.worker.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.BuildRequest.Destination;
import dev.stagewright.protocol.BuildRequest.ImageFormat;
import dev.stagewright.protocol.BuildRequest.Output;
import dev.stagewright.protocol.LayerOptions;
import dev.stagewright.worker.source.SourceEntry;
import dev.stagewright.worker.source.SourceTree;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ImageTagsTest {
  private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
  private static final SourceTree BRANCH = source(Optional.of(COMMIT), Optional.of("feature/x"));
  private static final SourceTree NO_GIT = source(Optional.empty(), Optional.empty());

  @Test
  void tagsEveryRepository() {
    assertThat(
            names(
                BRANCH,
                destination("spec.output", "docker.io/team/app", "1.0", "{{.ShortCommit}}"),
                destination("spec.output.additionalImages[0]", "r:5000/app", "{{.Branch}}")))
        .containsExactly(
            "docker.io/team/app:1.0", "docker.io/team/app:0123456", "r:5000/app:feature-x");
  }

  @Test
  void removesDuplicateTags() {
    assertThat(names(BRANCH, destination("spec.output", "r/app", COMMIT, "{{.Commit}}")))
        .containsExactly("docker.io/r/app:" + COMMIT);
  }

  @Test
  void reportsFieldOfInvalidTag() {
    assertThatThrownBy(
            () -> names(NO_GIT, destination("spec.output", "r/app", "1", "2", "{{.Commit}}")))
        .isInstanceOf(BuildFailedException.class)
        .hasMessage(
            "spec.output.tags[1]: {{.Commit}} has no value in '{{.Commit}}':"
                + " the source is not a git repository");
    assertThatThrownBy(() ->
            names(NO_GIT, destination("spec.output.additionalImages[2]", "r/app", "{{.Branch}}")))
        .hasMessageStartingWith("spec.output.additionalImages[2].image: {{.Branch}} has no value");
  }

  private static List<String> names(SourceTree source, Destination... destinations) {
    var output =
        new Output(
            Arrays.asList(destinations), ImageFormat.OCI, Map.of(), Map.of(), LayerOptions.DEFAULT);
    return new ImageTags(output).of(source).stream().map(Object::toString).toList();
  }

  private static Destination destination(String field, String repository, String... tags) {
    return new Destination(field, repository, List.of(tags), Optional.empty(), Optional.empty());
  }

  private static SourceTree source(Optional<String> commit, Optional<String> branch) {
    return new SourceTree() {
      @Override
      public String description() {
        return "a source";
      }

      @Override
      public Optional<String> revision() {
        return commit;
      }

      @Override
      public Optional<String> branch() {
        return branch;
      }

      @Override
      public Instant modified() {
        return Instant.EPOCH;
      }

      @Override
      public Optional<SourceEntry> entry(String path) {
        return Optional.empty();
      }

      @Override
      public void walk(Visitor visitor) {}

      @Override
      public void close() {}
    };
  }
}
