package dev.stagewright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;

/** A source that is part of the resource. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
// On the object and not on the field, because the message would contain the whole value.
@ValidationRule(
    value = "size(self.dockerfile) <= 262144",
    fieldPath = ".dockerfile",
    message = "must have at most 262144 characters; " + InlineSource.ELSEWHERE)
@ValidationRule(
    value =
        "size(self.dockerfile)"
            + " + (has(self.files) ? self.files.map(name, size(self.files[name])).sum() : 0)"
            + " <= 1000000",
    message =
        "dockerfile and files must have at most 1000000 characters in total; "
            + InlineSource.ELSEWHERE)
public record InlineSource(
    @JsonPropertyDescription("Content of the Dockerfile.")
        @Required
        @ValidationRule(value = "size(self) > 0", message = "must not be empty")
        String dockerfile,
    @JsonPropertyDescription(
            "Text files of the build context, by path relative to its root, such as"
                + " `src/hello.c`.")
        @Size(max = 4096) @ValidationRule(
            value = "size(self) <= 256",
            message = "must have at most 256 files; " + InlineSource.ELSEWHERE)
        Map<String, String> files) {

  static final String ELSEWHERE =
      "for larger sources, use a Git repository (source.git), a ConfigMap (source.configMap) or"
          + " a volume (source.persistentVolumeClaim)";

  /** Replaces an absent map of files by an empty one. */
  public InlineSource {
    files = Absent.asEmpty(files);
  }
}
