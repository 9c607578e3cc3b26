package dev.stagewright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Webhooks of Git servers and of Harbor that start runs. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Webhook(
    @JsonPropertyDescription("Key of a Secret with the secret that the sender is configured with.")
        @Required
        WebhookSecret secret,
    @JsonPropertyDescription(
            "Branches whose changes start a run. `*` matches any characters but a slash, `**` any"
                + " characters. If neither `branches` nor `tags` is set, the branch or tag in"
                + " `source.git.revision` is used, and otherwise the default branch.")
        @Size(max = 32) List<String> branches,
    @JsonPropertyDescription(
            "Tags whose changes start a run, with the same patterns as in `branches`.")
        @Size(max = 32) List<String> tags,
    @JsonPropertyDescription(
            "Images whose pushes to Harbor start a run, such as `library/golang:1.25` or"
                + " `library/*:*`, with the same patterns as in `branches`. By default, all images"
                + " that Harbor reports.")
        @Size(max = 32) List<String> images) {

  /** Replaces absent lists by empty ones. */
  public Webhook {
    branches = Absent.asEmpty(branches);
    tags = Absent.asEmpty(tags);
    images = Absent.asEmpty(images);
  }

  /** A value in a Secret. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record WebhookSecret(
      @JsonPropertyDescription(
              "Name of the Secret in the same namespace. The operator needs the permission to get"
                  + " it.")
          @Required
          @Size(min = 1, max = 253) String name,
      @JsonPropertyDescription("Key to select. Defaults to `token`.") @Size(min = 1, max = 253) @Nullable String key) {
    /** The default key. */
    public static final String DEFAULT_KEY = "token";
  }
}
