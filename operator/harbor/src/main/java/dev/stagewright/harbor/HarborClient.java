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

/**
 * Speaks with the Harbors that images are pushed to, with the credentials of the images. Can be
 * used by several threads.
 */
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
   * A client.
   *
   * @param hosts how registries are reached
   * @param credentials what to say to them; only user and password are of use here
   * @param options how it waits and tries again
   */
  public static HarborClient create(
      RegistryHosts hosts, Credentials credentials, ClientOptions options) {
    return new HarborClient(hosts, credentials, options);
  }

  /**
   * The image's repository at its Harbor.
   *
   * @return empty if the image's registry is no Harbor
   * @throws RegistryException if it cannot be reached
   */
  public Optional<HarborRepository> find(ImageReference image) throws RegistryException {
    var caller = caller(image);
    var ping =
        new ApiCall(
            "find out whether " + image.registry() + " is a Harbor",
            "GET",
            "/ping",
            Map.of(),
            Optional.empty(),
            // Whatever a registry says to an address that it does not know.
            Set.of(200, 301, 302, 400, 401, 403, 404, 405));
    var answer = caller.call(ping);
    return answer.status() == 200 && answer.text().strip().equals("Pong")
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
