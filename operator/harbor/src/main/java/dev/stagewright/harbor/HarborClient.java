package dev.stagewright.harbor;

import dev.stagewright.harbor.api.ApiCall;
import dev.stagewright.harbor.api.ApiCaller;
import dev.stagewright.harbor.api.ApiPath;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.registry.ClientOptions;
import dev.stagewright.registry.auth.Credential;
import dev.stagewright.registry.auth.Credentials;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.registry.host.RegistryHosts;
import dev.stagewright.registry.http.HttpTransport;
import dev.stagewright.registry.http.RedirectingTransport;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A client of Harbor, with the credentials of images. Thread-safe. */
public final class HarborClient implements AutoCloseable {
  private final RegistryHosts hosts;
  private final Credentials credentials;
  private final ClientOptions options;
  private final HttpTransport transport;

  private HarborClient(RegistryHosts hosts, Credentials credentials, ClientOptions options) {
    this.hosts = hosts;
    this.credentials = credentials;
    this.options = options;
    this.transport = new HttpTransport(options.timeouts(), options.proxies());
  }

  /**
   * Creates a client.
   *
   * @param hosts how to reach the registries
   * @param credentials the accounts; only user names with passwords are used
   * @param options timeouts, retries and proxies
   */
  public static HarborClient create(
      RegistryHosts hosts, Credentials credentials, ClientOptions options) {
    return new HarborClient(hosts, credentials, options);
  }

  /**
   * Returns the repository of an image.
   *
   * @return empty if the registry is not a Harbor
   * @throws RegistryException if the registry cannot be reached
   */
  public Optional<HarborRepository> find(ImageReference image) throws RegistryException {
    var caller = caller(image);
    var ping =
        new ApiCall(
            "check whether " + image.registry() + " is a Harbor registry",
            "GET",
            "/ping",
            Map.of(),
            Optional.empty(),
            // The possible responses of other registries to an unknown address.
            Set.of(200, 301, 302, 400, 401, 403, 404, 405));
    var response = caller.call(ping);
    return response.status() == 200 && response.text().strip().equals("Pong")
        ? Optional.of(new HarborRepository(caller, ApiPath.of(image.repository())))
        : Optional.empty();
  }

  private ApiCaller caller(ImageReference image) {
    var password =
        credentials
            .find(image)
            .filter(Credential.Password.class::isInstance)
            .map(Credential.Password.class::cast);
    return new ApiCaller(
        hosts.endpoint(image.registry()),
        password,
        new RedirectingTransport(transport),
        options.retry(),
        Clock.systemUTC());
  }

  @Override
  public void close() {
    transport.close();
  }
}
