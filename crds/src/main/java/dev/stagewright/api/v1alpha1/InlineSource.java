package dev.stagewright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;

/** A source written into the resource. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
// Here and not at the field itself, because the message would have the whole text in it.
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
        "dockerfile and files must have at most 1000000 characters together; "
            + InlineSource.ELSEWHERE)
public record InlineSource(
    @JsonPropertyDescription("The text of the Dockerfile.")
        @Required
        @ValidationRule(value = "size(self) > 0", message = "must not be empty")
        String dockerfile,
    @JsonPropertyDescription(
            "Text files of the build context, by path relative to its root, for example"
                + " `src/hello.c`.")
        @Size(max = 4096) @ValidationRule(
            value = "size(self) <= 256",
            message = "must have at most 256 files; " + InlineSource.ELSEWHERE)
        Map<String, String> files) {

  static final String ELSEWHERE =
      "put larger sources into a git repository (source.git), a ConfigMap (source.configMap) or a"
          + " volume (source.persistentVolumeClaim)";

  /** An absent map of files is an empty one. */
  public InlineSource {
    files = Absent.asEmpty(files);
  }
}
