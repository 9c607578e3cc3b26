package dev.stagewright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** A source in an archive on a web server. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "!self.url.startsWith('http://') || has(self.digest)",
    message =
        "digest is required for a URL that starts with http://, because the connection does not"
            + " protect the archive; use https://, or set digest to the checksum of the archive")
public record HttpSource(
    @JsonPropertyDescription(
            "URL of a tar archive (plain, or compressed with gzip, bzip2, xz or zstd) or of a zip"
                + " archive, starting with `https://` or `http://`. The URL cannot contain a user"
                + " name or password; use `credentials` instead.")
        @Required
        @Size(max = 2048) @ValidationRule(
            value = "self.matches('^https?://[^@/?#\\\\s]+([/?][^#\\\\s]*)?$')",
            message =
                "must start with https:// or http:// and contain a host, without user name,"
                    + " password, fragment and whitespace, such as"
                    + " https://files.example.com/app-1.2.tar.gz; store credentials in a Secret, and"
                    + " set credentials to its name")
        String url,
    @JsonPropertyDescription(
            "Checksum of the archive, such as `sha256:` followed by 64 hex digits; `sha384` and"
                + " `sha512` are also supported. The build fails if the archive has another one."
                + " `status.source.digest` contains the checksum that was found.")
        @ValidationRule(
            value =
                "self.matches('^(sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128})$')",
            message =
                "must be sha256:, sha384: or sha512: followed by 64, 96 or 128 lower-case hex"
                    + " digits")
        @Size(max = 140) @Nullable String digest,
    @JsonPropertyDescription(
            "Secret in the same namespace with the keys `username` and `password`, or with the key"
                + " `token`, which is sent as a bearer token. It is not sent to other hosts that"
                + " the server redirects to.")
        @Nullable LocalReference credentials,
    @JsonPropertyDescription("PEM-encoded CA certificates to trust for the server.")
        @Nullable CertificateSource caBundle,
    @JsonPropertyDescription(
            "Secret of type kubernetes.io/tls in the same namespace with a client certificate for"
                + " the server.")
        @Nullable LocalReference clientCertificate,
    @JsonPropertyDescription(
            "Directory of the archive to use as the root of the source, after `stripComponents`."
                + " Defaults to the root of the archive.")
        @Size(min = 1, max = 1024) @ValidationRule(value = SourceDirectory.RULE, message = SourceDirectory.MESSAGE)
        @Nullable String directory,
    @JsonPropertyDescription(
            "Number of leading path components to remove from the names of all entries, as in tar."
                + " Set it to 1 for archives whose files are all in one directory, such as those"
                + " that GitHub and GitLab generate. Defaults to 0.")
        @Min(0) @Max(64) @Nullable Integer stripComponents) {}
