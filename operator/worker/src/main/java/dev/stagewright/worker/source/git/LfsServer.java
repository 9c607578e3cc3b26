package dev.stagewright.worker.source.git;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.worker.source.git.http.ServerHttp;
import dev.stagewright.worker.source.git.lfs.LfsConnection;
import dev.stagewright.worker.source.git.lfs.LfsConnector;
import dev.stagewright.worker.source.git.lfs.LfsLocation;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.util.QuotedString;

/**
 * The Git LFS server of a repository: the one in {@code .lfsconfig}, the one that the SSH server
 * names, or the one below the URL of the repository.
 *
 * @param url the address of the repository
 * @param configured the address in {@code .lfsconfig}; empty for none
 * @param servers the credentials and settings
 * @param home a directory that does not exist
 */
record LfsServer(GitUrl url, Optional<String> configured, GitServers servers, Path home)
    implements LfsConnector {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SUFFIX = "/info/lfs";

  @Override
  public LfsConnection connect() throws IOException {
    if (configured.isPresent()) {
      var address = GitUrl.parse("lfs.url in .lfsconfig", configured.get());
      if (address.isSsh()) {
        throw new BuildFailedException(
            Failure.of(
                FailureReason.InvalidRequest,
                "lfs.url in .lfsconfig of " + url + " is an SSH URL, which is not supported"));
      }
      return connection(address, new LfsLocation(URI.create(address.httpAddress()), Map.of()));
    }
    if (url.isSsh()) {
      return bySsh();
    }
    return connection(url, new LfsLocation(URI.create(below(url.httpAddress())), Map.of()));
  }

  private static String below(String address) {
    var base = address.replaceFirst("/+$", "");
    return base + (base.endsWith(".git") ? "" : ".git") + SUFFIX;
  }

  private LfsConnection connection(GitUrl server, LfsLocation location) {
    var credentials = servers.keys().find(server);
    var token =
        credentials.flatMap(found ->
            found instanceof GitCredentials.BearerToken(var text)
                ? Optional.of(text)
                : Optional.empty());
    var login =
        credentials.flatMap(found ->
            found instanceof GitCredentials.Login given
                ? Optional.of(given.header())
                : Optional.empty());
    var address = server.server();
    var http = new ServerHttp(address, servers.http().of(address), token, servers.timeout());
    return new LfsConnection(http, login, location);
  }

  /** The SSH server names an address with a token for it. */
  private LfsConnection bySsh() throws IOException {
    var location =
        authenticate()
            .orElseGet(() ->
                new LfsLocation(
                    URI.create(
                        below(
                            GitUrl.parse("lfs", "https://" + url.host() + "/" + path())
                                .httpAddress())),
                    Map.of()));
    var server = GitUrl.parse("the Git LFS server of " + url, location.address().toString());
    return connection(server, location);
  }

  private Optional<LfsLocation> authenticate() throws IOException {
    var credentials = servers.keys().find(url);
    try (var connections =
        ServerConnections.open(url, credentials, servers.http(), home, servers.timeout())
            .orElseThrow()) {
      if (!(connections instanceof ServerConnections.Ssh(var sessions))) {
        throw new IllegalStateException(url + " is an SSH URL");
      }
      try {
        var command =
            "git-lfs-authenticate %s download"
                .formatted(QuotedString.BOURNE.quote(url.parsed().getPath()));
        return sessions.run(url.parsed(), command, servers.timeout()).flatMap(this::location);
      } catch (TransportException e) {
        throw new GitFailures(url, credentials, servers.hint(), connections).of(e);
      }
    }
  }

  private Optional<LfsLocation> location(String json) {
    try {
      var answer = JSON.readTree(json);
      var headers = new HashMap<String, String>();
      answer
          .path("header")
          .properties()
          .forEach(header -> headers.put(header.getKey(), header.getValue().asText()));
      var address = answer.path("href").asText();
      return address.startsWith("http")
          ? Optional.of(new LfsLocation(URI.create(address), headers))
          : Optional.empty();
    } catch (JsonProcessingException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private String path() {
    return url.parsed().getPath().replaceFirst("^/+", "");
  }
}
