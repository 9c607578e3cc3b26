package dev.stagewright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** A git repository as source. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record GitSource(
    @JsonPropertyDescription(
            "The repository's URL, `http://…` or `https://…`. User name and password belong into"
                + " `credentials`, not into the URL.")
        @Required
        @Pattern("^https?://[^@/]+(/.*)?$") @Size(max = 2048)
        String url,
    @JsonPropertyDescription(
            "Branch, tag or commit to build. Default: the branch that the repository's HEAD"
                + " points to. The commit that was built is in `status.source.commit`.")
        @Size(min = 1, max = 256) @Nullable String revision,
    @JsonPropertyDescription(
            "Folder of the repository that is the root of the source. Default: the whole"
                + " repository.")
        @Size(min = 1, max = 1024) @Nullable String directory,
    @JsonPropertyDescription(
            "A Secret of type kubernetes.io/basic-auth in the same namespace, with `username` and"
                + " `password`; a token goes into `password`.")
        @Nullable LocalReference credentials,
    @JsonPropertyDescription(
            "Keep the `.git` directory in the build context, as the build argument"
                + " `BUILDKIT_CONTEXT_KEEP_GIT_DIR` does. Default: false.")
        @Nullable Boolean keepGitDir) {}
