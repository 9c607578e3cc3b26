package dev.stagewright.worker.source.git.lfs;

import dev.stagewright.registry.call.Retry;
import dev.stagewright.worker.source.git.http.ServerHttp;
import java.util.Optional;

/** The connection to a Git LFS server. */
public final class LfsConnection implements AutoCloseable {
  private static final int MAX_ATTEMPTS = 5;

  private final ServerHttp server;
  private final LfsHttp http;
  private final LfsApi api;

  /**
   * Creates a connection.
   *
   * @param server sends the requests; closed with this connection
   * @param authorization user name and password for the server; empty for none
   * @param location the address of the API
   */
  public LfsConnection(ServerHttp server, Optional<String> authorization, LfsLocation location) {
    this.server = server;
    this.http = new LfsHttp(server, authorization, new Retry(MAX_ATTEMPTS, Thread::sleep));
    this.api = new LfsApi(http, location);
  }

  LfsHttp http() {
    return http;
  }

  LfsApi api() {
    return api;
  }

  @Override
  public void close() {
    server.close();
  }
}
