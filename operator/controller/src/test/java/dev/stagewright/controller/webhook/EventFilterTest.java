package dev.stagewright.controller.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.api.v1alpha1.ImageBuildSpec;
import dev.stagewright.controller.webhook.WebhookEvent.ImagePush;
import dev.stagewright.controller.webhook.WebhookEvent.Push;
import dev.stagewright.controller.webhook.WebhookEvent.RefChange;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventFilterTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                               | main        | main   | true",
        "{}                               | feature     | main   | false",
        "{}                               | feature     |        | true",
        "{branches: [dev]}                | dev         | main   | true",
        "{branches: [dev]}                | main        | main   | false",
        "{branches: ['release/*']}        | release/1   | main   | true",
        "{branches: ['release/*']}        | release/1/x | main   | false",
        "{branches: ['release/**']}       | release/1/x | main   | true",
        "{branches: ['v1.0']}             | v1x0        | main   | false",
        "{tags: ['v*']}                   | main        | main   | false",
      })
  void selectsBranches(String webhook, String branch, String defaultBranch, boolean starts) {
    var change = new RefChange(false, branch, Optional.of("abc"));
    var push = new Push(List.of(change), Optional.ofNullable(defaultBranch));

    assertThat(apply("", webhook, push) instanceof EventFilter.Result.Starts).isEqualTo(starts);
  }

  @ParameterizedTest
  @CsvSource({
    "{},v1,false",
    "{tags: ['v*']},v1,true",
    "{tags: ['v*']},x1,false",
    "{branches: [v1]},v1,false"
  })
  void selectsTags(String webhook, String tag, boolean starts) {
    var push = new Push(List.of(new RefChange(true, tag, Optional.of("abc"))), Optional.of("main"));

    assertThat(apply("", webhook, push) instanceof EventFilter.Result.Starts).isEqualTo(starts);
  }

  @ParameterizedTest
  @CsvSource({
    "dev,dev,true",
    "dev,main,false",
    "refs/heads/dev,dev,true",
    "4fd2a1c0de,main,true",
    "4fd2a1c0de,dev,false"
  })
  void usesTheRevisionOfTheSourceByDefault(String revision, String branch, boolean starts) {
    var change = new RefChange(false, branch, Optional.of("abc"));
    var push = new Push(List.of(change), Optional.of("main"));

    assertThat(apply(revision, "{}", push) instanceof EventFilter.Result.Starts).isEqualTo(starts);
  }

  @ParameterizedTest
  @CsvSource({
    "{},true",
    "'{images: [\"library/golang:1.25\"]}',true",
    "'{images: [\"library/*:*\"]}',true",
    "'{images: [\"library/golang:1.24\"]}',false"
  })
  void selectsImages(String webhook, boolean starts) {
    var push = new ImagePush("library/golang", Optional.of("1.25"), "sha256:abc");

    assertThat(apply("", webhook, push) instanceof EventFilter.Result.Starts).isEqualTo(starts);
  }

  @ParameterizedTest
  @CsvSource({"main"})
  void ignoresDeletedBranches(String branch) {
    var push =
        new Push(List.of(new RefChange(false, branch, Optional.empty())), Optional.of("main"));

    assertThat(apply("", "{}", push))
        .isEqualTo(
            new EventFilter.Result.Ignored(
                "branch main (deleted) does not match the default branch main"));
  }

  private static EventFilter.Result apply(String revision, String webhook, WebhookEvent event) {
    var spec =
        Serialization.unmarshal(
            """
            source: {git: {url: "https://git.example.com/hello"%s}}
            output: {image: "registry.example.com/hello:1"}
            webhook: %s
            """
                .formatted(
                    revision.isEmpty() ? "" : ", revision: \"" + revision + "\"",
                    webhook.equals("{}")
                        ? "{secret: {name: hook}}"
                        : webhook.replace("{", "{secret: {name: hook}, ")),
            ImageBuildSpec.class);
    return new EventFilter(spec, Objects.requireNonNull(spec.webhook())).apply(event);
  }
}
