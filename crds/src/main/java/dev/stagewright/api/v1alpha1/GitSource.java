package dev.stagewright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** A source in a Git repository. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value =
        "!(has(self.keepGitDir) && self.keepGitDir && has(self.directory)"
            + " && !(self.directory in ['.', './', '/']))",
    message =
        "keepGitDir requires the whole repository: remove directory, and set spec.dockerfile to"
            + " the path of the Dockerfile")
public record GitSource(
    @JsonPropertyDescription(
            "URL of the repository, starting with `http://` or `https://`. The URL cannot"
                + " contain a user name or password; use `credentials` instead.")
        @Required
        @Size(max = 2048) @ValidationRule(
            value = "self.matches('^https?://[^@/#\\\\s]+(/[^#\\\\s]*)?$')",
            message = GitSource.URL_MESSAGE,
            messageExpression =
                "self.matches('\\\\s') ? 'must be a URL without whitespace; replace whitespace in a path by %20'"
                    + " : self.contains('#') ? 'must be a URL without #; set the branch, tag or commit"
                    + " in revision, and a directory in directory'"
                    + " : self.matches('^https?://[^/]*@') ? 'must be a URL without user name and"
                    + " password; store the credentials in a Secret of type"
                    + " kubernetes.io/basic-auth, and set credentials to its name'"
                    + " : self.matches('^([a-z+]*ssh://|[^/:]+@[^/:]+:|[^/:]+:[^/0-9])') ? 'must start"
                    + " with https:// or http://: SSH is not supported; use the https:// URL of the"
                    + " repository, and set credentials if the repository is private'"
                    + " : '"
                    + GitSource.URL_MESSAGE
                    + "'")
        String url,
    @JsonPropertyDescription(
            "Branch, tag or commit to build. Defaults to the branch that HEAD of the repository"
                + " points to. `status.source.commit` contains the commit that was built.")
        @Size(min = 1, max = 256) @Nullable String revision,
    @JsonPropertyDescription(
            "Directory of the repository to use as the root of the source. Defaults to the root"
                + " of the repository.")
        @Size(min = 1, max = 1024) @Nullable String directory,
    @JsonPropertyDescription(
            "Secret of type kubernetes.io/basic-auth in the same namespace, with the keys"
                + " `username` and `password`. `password` can contain a token.")
        @Nullable LocalReference credentials,
    @JsonPropertyDescription(
            "Keep the `.git` directory in the build context. Defaults to the value of the build"
                + " argument `BUILDKIT_CONTEXT_KEEP_GIT_DIR`, or false if it is not set.")
        @Nullable Boolean keepGitDir) {

  static final String URL_MESSAGE =
      "must start with https:// or http:// and contain a host, such as"
          + " https://git.example.com/team/app.git";
}
