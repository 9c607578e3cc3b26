package dev.stagewright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** The results of instructions that builds keep in a registry, and the storage of cache mounts. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "!has(self.credentials) || has(self.repository)",
    message =
        "credentials requires repository: without repository, the records are stored below"
            + " output.image, with output.credentials")
public record Cache(
    @JsonPropertyDescription(
            "Repository of the records, such as `harbor.example.com/team/hello-cache`. Everybody who"
                + " can push to it can determine the results of builds that use it. Defaults to"
                + " `cache` below the repository of `output.image`.")
        @Size(min = 1, max = 255) @ValidationRule(
            value = "!self.contains('@') && !self.matches(':[^/]*$')",
            message =
                "must be a repository without tag and digest, such as"
                    + " harbor.example.com/team/hello-cache")
        @Nullable String repository,
    @JsonPropertyDescription(
            "Secret of type kubernetes.io/dockerconfigjson in the same namespace with credentials"
                + " for `repository`. It is mounted only in the container `publish` of the worker"
                + " Pod; kubelets use it to pull prefix images. Defaults to the credentials of the output with the same registry, or else"
                + " to `output.credentials`.")
        @Nullable LocalReference credentials,
    @JsonPropertyDescription(
            "Results to record. `max` records every step. `min` records the steps of the image, and"
                + " the files that stages copy from each other.")
        @Default("max")
        Mode mode,
    @JsonPropertyDescription("Use existing records, but record nothing.") @Default("false")
        boolean readOnly,
    @JsonPropertyDescription("Run every instruction, and record nothing.") @Default("false")
        boolean disabled,
    @JsonPropertyDescription(
            "Maximum age of the records to use, as a duration such as `24h`. If not set, records of"
                + " any age are used, up to the limit of the operator's configuration.")
        @ValidationRule(
            value =
                "type(self) == string && size(self) <= 32"
                    + " && self.matches('^([0-9]+(\\\\.[0-9]+)?(ms|s|m|h))+$') && duration(self) >="
                    + " duration('1s')",
            message = "must be a duration of at least 1s, with a unit, such as 10m or 24h")
        @Nullable String ttl,
    @JsonPropertyDescription(
            "Make images with the cached steps of a stage in `repository`, from which the Pods of"
                + " later builds start. If `false`, each Pod unpacks the layers of the cached"
                + " steps itself.")
        @Default("true")
        @Nullable Boolean prefixImages,
    @JsonPropertyDescription(
            "Storage for cache mounts. If not set, caches are stored on the claim that the"
                + " operator's configuration provides for the namespace, or else in the workspace.")
        CacheMounts mounts) {

  /**
   * The annotation of an ImageBuild whose runs ignore existing records while it is {@code true}.
   */
  public static final String IGNORE_ANNOTATION = "stagewright.dev/no-cache";

  /** The default cache. */
  public static final Cache DEFAULT =
      new Cache(null, null, Mode.max, false, false, null, true, CacheMounts.DEFAULT);

  /** Applies the defaults of the schema. */
  public Cache {
    mode = mode == null ? Mode.max : mode;
    prefixImages = prefixImages == null || prefixImages;
    mounts = mounts == null ? CacheMounts.DEFAULT : mounts;
  }

  /** The results that are recorded. */
  public enum Mode {
    /** The steps of the image, and the files that stages copy from each other. */
    min,
    /** Every step. */
    max
  }
}
