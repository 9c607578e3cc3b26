package dev.stagewright.worker.remote;

import dev.stagewright.dockerfile.eval.AddSource;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.registry.proxy.ProxyEnvironment;
import dev.stagewright.worker.context.ContextWriter;
import dev.stagewright.worker.source.SourceTree;
import dev.stagewright.worker.source.git.CredentialHint;
import dev.stagewright.worker.source.git.GitCredentials;
import dev.stagewright.worker.source.git.GitKeys;
import dev.stagewright.worker.source.git.GitServers;
import dev.stagewright.worker.source.git.GitUrl;
import dev.stagewright.worker.source.git.GitWorkTree;
import dev.stagewright.worker.source.git.http.HttpSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Fetches git repositories of ADD instructions. Each becomes a tar.
 *
 * @param secrets the build secrets with credentials
 * @param proxies the proxies of the environment
 * @param timeout the timeout of connecting, and of each wait for data
 * @param modified the modification time of every file
 */
record GitRepositoryFetcher(
    RemoteSecrets secrets, ProxyEnvironment proxies, Duration timeout, Instant modified) {

  /** Fetches a repository to an existing directory; returns the size of its files. */
  long fetch(AddSource.Git source, Path folder) throws RemoteException, IOException {
    var request =
        new GitWorkTree.Request(
            source.url(), source.ref(), source.directory(), source.keepGitDirectory());
    try (var tree =
        GitWorkTree.fetch(request, servers(source), folder.resolve(".git-fetch"), modified)) {
      verify(source, tree);
      return new ContextWriter(_ -> false).write(tree, folder).bytes();
    } catch (BuildFailedException e) {
      throw new RemoteException(reason(e), e.failure().message(), e);
    }
  }

  private GitServers servers(AddSource.Git source) throws RemoteException {
    var url = GitUrl.parse("the address of a git repository", source.url());
    var keys = GitKeys.forServer(url, secrets.git(url, true));
    var hint =
        new CredentialHint(
            "the token of the build secret GIT_AUTH_TOKEN",
            "provide a token as the build secret GIT_AUTH_TOKEN." + url.parsed().getHost(),
            "add a Secret with ssh-privatekey and known_hosts to spec.ssh, with the id "
                + RemoteSecrets.SSH_ID,
            "ADD trusts public authorities only; a repository with its own authority can be the source of the"
                + " build, with spec.source.git.caBundle");
    return new GitServers(
        server -> keys.find(server).or(() -> ofSubmodule(server)),
        HttpSettings.of(proxies),
        hint,
        timeout);
  }

  private Optional<GitCredentials> ofSubmodule(GitUrl server) {
    try {
      return secrets.git(server, false);
    } catch (RemoteException e) {
      throw new BuildFailedException(
          Failure.of(FailureReason.SourceUnauthorized, String.valueOf(e.getMessage())), e);
    }
  }

  private static void verify(AddSource.Git source, SourceTree tree) throws RemoteException {
    var commit = tree.revision().orElse("");
    var expected = source.checksum().orElse("");
    if (!commit.startsWith(expected)) {
      throw new RemoteException(
          FailureReason.ChecksumMismatch,
          "expected checksum to match %s, got %s in %s"
              .formatted(expected, commit, tree.description()));
    }
  }

  private static FailureReason reason(BuildFailedException failed) {
    var reason = failed.failure().reason();
    if (reason == FailureReason.HostKeyNotTrusted) {
      return reason;
    }
    return switch (reason.fault()) {
      case USER -> FailureReason.RemoteNotFound;
      case INFRASTRUCTURE -> FailureReason.RemoteUnavailable;
      case INTERNAL -> FailureReason.Internal;
    };
  }
}
