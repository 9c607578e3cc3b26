package dev.stagewright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** A git repository as source. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value =
        "!(has(self.keepGitDir) && self.keepGitDir && has(self.directory)"
            + " && !(self.directory in ['.', './', '/']))",
    message =
        "keepGitDir needs the whole repository: remove directory, and name the Dockerfile by its"
            + " path in spec.dockerfile")
public record GitSource(
    @JsonPropertyDescription(
            "The repository's URL, `http://…` or `https://…`. User name and password belong into"
                + " `credentials`, not into the URL.")
        @Required
        @Size(max = 2048) @ValidationRule(
            value = "self.matches('^https?://[^@/#\\\\s]+(/[^#\\\\s]*)?$')",
            message = GitSource.URL_MESSAGE,
            messageExpression =
                "self.matches('\\\\s') ? 'must be a URL without blanks; write %20 for a blank in a path'"
                    + " : self.contains('#') ? 'must be a URL without #; put branch, tag or commit"
                    + " into revision, and a directory into directory'"
                    + " : self.matches('^https?://[^/]*@') ? 'must be a URL without user name and"
                    + " password; put them into a Secret of type kubernetes.io/basic-auth, and its"
                    + " name into credentials'"
                    + " : self.matches('^([a-z+]*ssh://|[^/:]+@[^/:]+:|[^/:]+:[^/0-9])') ? 'must begin"
                    + " with https:// or http://: SSH is not supported; use the https:// URL of the"
                    + " repository, with a token in credentials where it is private'"
                    + " : '"
                    + GitSource.URL_MESSAGE
                    + "'")
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
            "Keep the `.git` directory in the build context. Default: what the build argument"
                + " `BUILDKIT_CONTEXT_KEEP_GIT_DIR` says, else false.")
        @Nullable Boolean keepGitDir) {

  static final String URL_MESSAGE =
      "must begin with https:// or http:// and name a host, for example"
          + " https://git.example.com/team/app.git";
}
