package dev.stagewright.worker.download;

import dev.stagewright.registry.http.Connection;
import java.net.URI;
import java.util.Optional;

/** How to connect to the server of a download, and how to authenticate. */
public interface DownloadAccess {
  /** The value of the header {@code Authorization}; it is not sent to hosts of redirects. */
  Optional<String> authorization(URI url);

  /** What the user can do if the server denies access: a clause that begins with a semicolon. */
  String deniedHint(URI url);

  /** The certificates for the server; hosts of redirects do not get the client certificate. */
  default Connection connection() {
    return Connection.DEFAULT;
  }
}
