package dev.stagewright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.Map;

/** A source written into the resource. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record InlineSource(
    @JsonPropertyDescription("The text of the Dockerfile.") @Required @Size(min = 1, max = 262144) String dockerfile,
    @JsonPropertyDescription(
            "Text files of the build context, by path relative to its root, for example"
                + " `src/hello.c`.")
        @Size(max = 256) Map<String, String> files) {

  /** An absent map of files is an empty one. */
  public InlineSource {
    files = Absent.asEmpty(files);
  }
}
