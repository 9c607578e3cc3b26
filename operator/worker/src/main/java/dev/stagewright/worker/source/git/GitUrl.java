package dev.stagewright.worker.source.git;

import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.transport.URIish;

/**
 * The address of a git repository: {@code https://…}, {@code http://…}, {@code ssh://…}, or {@code
 * user@host:path}.
 *
 * @param parsed the address
 */
public record GitUrl(URIish parsed) {
  private static final Set<String> HTTP = Set.of("http", "https");
  private static final Set<String> SSH = Set.of("ssh", "git+ssh", "ssh+git");
  private static final String DEFAULT_USER = "git";
  private static final int SSH_PORT = 22;
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  /**
   * Parses an address.
   *
   * @param field where the address comes from, for messages
   * @throws BuildFailedException if the address is not a URL of a supported protocol; the message
   *     does not contain its password
   */
  public static GitUrl parse(String field, String address) {
    URIish url;
    try {
      url = new URIish(address);
    } catch (URISyntaxException _) {
      throw invalid(field + " is not a valid URL");
    }
    var parsed = new GitUrl(url);
    if (url.getHost() == null || !(parsed.isHttp() || parsed.isSsh())) {
      throw invalid(
          field + " " + url + ": only git repositories over https, http and ssh are supported");
    }
    if (parsed.isHttp()) {
      parsed.checkHttp(field);
    }
    return parsed.isSsh() && url.getUser() == null ? new GitUrl(url.setUser(DEFAULT_USER)) : parsed;
  }

  private void checkHttp(String field) {
    try {
      if (new URI(httpAddress()).getHost() != null) {
        return;
      }
    } catch (URISyntaxException _) {
      // Handled below, like a host that is not a host name.
    }
    throw invalid(field + " " + this + " is not a valid URL: its host or path is malformed");
  }

  /** The address without credentials, with escapes, for requests over HTTP. */
  String httpAddress() {
    return parsed.setUser(null).setPass(null).toASCIIString();
  }

  /** The address of the server, for HTTP. */
  URI server() {
    return URI.create(httpAddress()).resolve("/");
  }

  private static BuildFailedException invalid(String message) {
    return new BuildFailedException(Failure.of(FailureReason.InvalidRequest, message));
  }

  boolean isHttp() {
    return HTTP.contains(scheme());
  }

  /** Whether the protocol is SSH; the short form has no scheme. */
  public boolean isSsh() {
    return SSH.contains(scheme()) || scheme().isEmpty();
  }

  private String scheme() {
    return Optional.ofNullable(parsed.getScheme()).orElse("").toLowerCase(Locale.ROOT);
  }

  String host() {
    return parsed.getHost().toLowerCase(Locale.ROOT);
  }

  private int port() {
    if (parsed.getPort() > 0) {
      return parsed.getPort();
    }
    if (isSsh()) {
      return SSH_PORT;
    }
    return scheme().equals("https") ? HTTPS_PORT : HTTP_PORT;
  }

  /** Whether another address has the same protocol, host and port. */
  boolean isSameServer(GitUrl other) {
    return isSsh() == other.isSsh()
        && (isSsh() || scheme().equals(other.scheme()))
        && host().equals(other.host())
        && port() == other.port();
  }

  /** The address with credentials, if the user wrote them there. */
  String address() {
    return parsed.toPrivateString();
  }

  /** The address without credentials. The user of an SSH address is part of it. */
  @Override
  public String toString() {
    return (isSsh() ? parsed.setPass(null) : parsed.setUser(null).setPass(null)).toString();
  }
}
