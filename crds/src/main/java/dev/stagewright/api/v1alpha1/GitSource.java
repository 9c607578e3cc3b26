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
@ValidationRule(
    value =
        "has(self.credentials) || !(self.url.startsWith('ssh://') || !self.url.contains('://'))",
    message =
        "an SSH URL requires credentials: set credentials to the name of a Secret of type"
            + " kubernetes.io/ssh-auth, with ssh-privatekey and known_hosts")
@ValidationRule(
    value = "!(has(self.keepGitDir) && self.keepGitDir && has(self.lfs) && self.lfs)",
    message =
        "keepGitDir and lfs exclude each other, because .git would report the content of Git LFS as"
            + " changed files: remove one of them")
@ValidationRule(
    value =
        "!(has(self.caBundle) || has(self.clientCertificate)) || self.url.startsWith('https://')",
    message = "caBundle and clientCertificate require a URL that starts with https://")
public record GitSource(
    @JsonPropertyDescription(
            "URL of the repository: `https://…`, `http://…`, `ssh://[user@]host[:port]/path` or"
                + " `user@host:path`. The URL cannot contain a password; use `credentials` instead.")
        @Required
        @Size(max = 2048) @ValidationRule(
            value =
                "self.matches('^https?://[^@/#\\\\s]+(/[^#\\\\s]*)?$')"
                    + " || self.matches('^ssh://([^@:/#\\\\s]+@)?[^@/#\\\\s]+/[^#\\\\s]+$')"
                    + " || self.matches('^[^@:/#\\\\s]+@[^@:/#\\\\s]+:[^#\\\\s]+$')",
            message = GitSource.URL_MESSAGE,
            messageExpression =
                "self.matches('\\\\s') ? 'must be a URL without whitespace; replace whitespace in a path by %20'"
                    + " : self.contains('#') ? 'must be a URL without #; set the branch, tag or commit"
                    + " in revision, and a directory in directory'"
                    + " : self.matches('^https?://[^/]*@') ? 'must be a URL without user name and"
                    + " password; store the credentials in a Secret of type"
                    + " kubernetes.io/basic-auth, and set credentials to its name'"
                    + " : self.matches('^ssh://[^/@]*:[^/]*@') ? 'must be a URL without password; store a private"
                    + " key in a Secret of type kubernetes.io/ssh-auth, and set credentials to its name'"
                    + " : self.matches('^[^@:/]+:[^/0-9]') ? 'must start with a user name, such as"
                    + " git@git.example.com:team/app.git'"
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
            "Secret in the same namespace. For http and https, of type kubernetes.io/basic-auth, with"
                + " the keys `username` and `password`; or with one of the keys `password`, `token` and"
                + " `bearerToken`. For SSH, of type kubernetes.io/ssh-auth, with the keys"
                + " `ssh-privatekey` and `known_hosts`, and `ssh-privatekey-cert.pub` for a certificate.")
        @Nullable LocalReference credentials,
    @JsonPropertyDescription(
            "Secret of type kubernetes.io/tls in the same namespace, with the client certificate for the"
                + " server.")
        @Nullable LocalReference clientCertificate,
    @JsonPropertyDescription(
            "Certificate authorities to trust for the server, in addition to those of the image of the"
                + " operator.")
        @Nullable CertificateSource caBundle,
    @JsonPropertyDescription(
            "Keep the `.git` directory in the build context. Defaults to the value of the build"
                + " argument `BUILDKIT_CONTEXT_KEEP_GIT_DIR`, or false if it is not set.")
        @Nullable Boolean keepGitDir,
    @JsonPropertyDescription(
            "Signatures that the commit or tag must have. A build whose source has no signature by one"
                + " of the keys fails.")
        @Nullable GitVerification verify,
    @JsonPropertyDescription(
            "Replace pointers of Git LFS by the content that they refer to. Without it, pointers remain"
                + " in the build context, and a finding reports them.")
        @Nullable Boolean lfs) {

  static final String URL_MESSAGE =
      "must start with https://, http:// or ssh:// and contain a host, such as"
          + " https://git.example.com/team/app.git, or have the form user@host:path, such as"
          + " git@git.example.com:team/app.git";
}
