package dev.stagewright.worker.source.git;

import dev.stagewright.worker.source.git.http.ServerHttp;
import java.net.URI;
import org.eclipse.jgit.transport.CredentialItem;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;

/**
 * Gives user name and password to one server. JGit also asks on behalf of the servers that a
 * redirect leads to.
 */
final class ServerLogin extends CredentialsProvider {
  private final ServerHttp server;
  private final UsernamePasswordCredentialsProvider login;

  ServerLogin(ServerHttp server, GitCredentials.Login login) {
    this.server = server;
    this.login = new UsernamePasswordCredentialsProvider(login.username(), login.password());
  }

  @Override
  public boolean isInteractive() {
    return false;
  }

  @Override
  public boolean supports(CredentialItem... items) {
    return login.supports(items);
  }

  @Override
  public boolean get(URIish address, CredentialItem... items) {
    var uri = URI.create(address.setUser(null).setPass(null).toString());
    return server.isServer(uri) && login.get(address, items);
  }
}
