package dev.stagewright.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stagewright.registry.auth.Credentials;
import dev.stagewright.registry.auth.MalformedCredentialsException;
import dev.stagewright.registry.call.Retry;
import dev.stagewright.registry.host.RegistryHosts;
import dev.stagewright.registry.http.Timeouts;
import dev.stagewright.registry.proxy.ProxyEnvironment;
import java.time.Duration;
import java.util.Base64;

/** Clients with short timeouts, for registries on this machine. */
final class Clients {
  /** The number of attempts in production. */
  static final int ATTEMPTS = 6;

  static final Timeouts TIMEOUTS =
      new Timeouts(Duration.ofSeconds(2), Duration.ofMillis(400), Duration.ofMillis(800));

  static final ClientOptions OPTIONS =
      new ClientOptions(TIMEOUTS, new Retry(ATTEMPTS, _ -> {}), ProxyEnvironment.NONE);

  private Clients() {}

  static RegistryClient anonymous() {
    return with(Credentials.none());
  }

  static RegistryClient with(Credentials credentials) {
    return with(RegistryHosts.defaults(), credentials);
  }

  static RegistryClient with(RegistryHosts hosts, Credentials credentials) {
    return RegistryClient.create(hosts, credentials, OPTIONS);
  }

  static Credentials credentials(String host, String pair) throws MalformedCredentialsException {
    var auth = Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
    var json = "{\"auths\":{\"%s\":{\"auth\":\"%s\"}}}".formatted(host, auth);
    return Credentials.parse("config.json", json.getBytes(UTF_8));
  }
}
