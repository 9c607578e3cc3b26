package dev.stagewright.registry.error;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bodies are responses of Harbor and the distribution registry. */
final class ErrorClassifierTest {
  private static final Operation PUSH = new Operation("push h/a:1", Optional.empty());

  private static RegistryException rejected(int status, String body) {
    return PUSH.rejected(ErrorResponse.of(status, body.getBytes(UTF_8), Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          401 | UNAUTHORIZED     | unauthorized to access repository: alpha/a, action: push | UNAUTHORIZED
          401 | UNAUTHORIZED     | project nope not found: project nope not found           | PROJECT_NOT_FOUND
          403 | DENIED           | will exceed the configured upper limit of 1.0 MiB.       | QUOTA
          403 | DENIED           | The system is in read only mode. Any modification is prohibited. | READ_ONLY
          403 | DENIED           | can not push artifact to a proxy project: p              | PROXY_CACHE
          404 | MANIFEST_UNKNOWN | manifest unknown                                         | NOT_FOUND
          412 | PRECONDITION     | Failed to process request due to 'a:rel-1' configured as immutable. | IMMUTABLE_TAG
          412 | PROJECTPOLICYVIOLATION | current image with 3 vulnerabilities cannot be pulled | DENIED
          413 | REQUEST_ENTITY_TOO_LARGE | request entity too large                         | TOO_LARGE
          429 | TOOMANYREQUESTS  | too many requests                                        | RATE_LIMITED
          400 | DIGEST_INVALID   | provided digest did not match uploaded content           | DIGEST_MISMATCH
          400 | MANIFEST_BLOB_UNKNOWN | blob unknown to registry                            | INVALID
          405 | UNSUPPORTED      | The operation is unsupported.                            | INVALID
          500 | UNKNOWN          | internal server error                                    | UNAVAILABLE
          """)
  void classifiesResponse(int status, String code, String message, ErrorKind kind) {
    var failure =
        rejected(
            status, "{\"errors\":[{\"code\":\"%s\",\"message\":\"%s\"}]}".formatted(code, message));

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.response().orElseThrow().codes()).containsExactly(code);
    assertThat(failure)
        .hasMessageStartingWith("cannot push h/a:1: %d %s: %s".formatted(status, code, message));
  }

  @ParameterizedTest
  @CsvSource({
    "301, INVALID",
    "404, NOT_FOUND",
    "408, UNAVAILABLE",
    "413, TOO_LARGE",
    "502, UNAVAILABLE",
    "504, UNAVAILABLE"
  })
  void classifiesWebPageByStatus(int status, ErrorKind kind) {
    var failure = rejected(status, "<html><h1>no</h1></html>");

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure).hasMessageStartingWith("cannot push h/a:1: HTTP status " + status);
  }

  @Test
  void reportsRequestedHostIfDifferent() {
    var operation = new Operation("use docker.io/a", Optional.of("registry-1.docker.io"));

    assertThat(operation.failed(new ConnectException("x")))
        .hasMessage(
            "cannot use docker.io/a (requested from registry-1.docker.io): the connection was refused");
  }

  @Test
  void reportsUnknownHost() {
    var unresolved = new ConnectException();
    unresolved.initCause(new UnresolvedAddressException());

    assertThat(PUSH.failed(unresolved)).hasMessage("cannot push h/a:1: the host name is unknown");
  }

  @Test
  void treatsUntrustedCertificateAsPermanent() {
    var failure = PUSH.failed(new SSLHandshakeException("unable to find valid certification path"));

    assertThat(failure.kind().isTransient()).isFalse();
    assertThat(failure).hasMessageContaining("trust the registry's certificate");
  }

  @Test
  void keepsRegistryException() {
    IOException known = rejected(404, "");

    assertThat(PUSH.failed(known)).isSameAs(known);
  }
}
