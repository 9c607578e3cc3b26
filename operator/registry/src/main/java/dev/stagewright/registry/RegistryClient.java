package dev.stagewright.registry;

import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.layers.oci.Platform;
import dev.stagewright.registry.auth.Authenticator;
import dev.stagewright.registry.auth.Credentials;
import dev.stagewright.registry.call.Caller;
import dev.stagewright.registry.call.Repository;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.registry.host.RegistryHosts;
import dev.stagewright.registry.http.Content;
import dev.stagewright.registry.http.HttpTransport;
import dev.stagewright.registry.pull.BlobPuller;
import dev.stagewright.registry.pull.ManifestChecker;
import dev.stagewright.registry.pull.ResolvedImage;
import dev.stagewright.registry.pull.SourceInputStream;
import dev.stagewright.registry.push.ImagePusher;
import dev.stagewright.registry.push.RequestLimit;
import java.io.InputStream;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads from and writes to registries with one set of credentials. Can be used by several threads;
 * every call ends in bounded time, by an answer or by a {@link RegistryException}.
 */
public final class RegistryClient implements AutoCloseable {
  private final RegistryHosts hosts;
  private final Credentials credentials;
  private final HttpTransport transport;
  private final Caller caller;
  private final Map<String, RequestLimit> limits = new ConcurrentHashMap<>();

  private RegistryClient(
      RegistryHosts hosts, Credentials credentials, HttpTransport transport, Caller caller) {
    this.hosts = hosts;
    this.credentials = credentials;
    this.transport = transport;
    this.caller = caller;
  }

  /** A client as in production, where there are no proxies. */
  public static RegistryClient create(RegistryHosts hosts, Credentials credentials) {
    return create(hosts, credentials, ClientOptions.of(Map.of()));
  }

  /**
   * A client.
   *
   * @param hosts how registries are reached
   * @param credentials what to say to them
   * @param options how it waits and tries again
   */
  public static RegistryClient create(
      RegistryHosts hosts, Credentials credentials, ClientOptions options) {
    var transport = new HttpTransport(options.timeouts(), options.proxies());
    var clock = Clock.systemUTC();
    var authenticator = new Authenticator(credentials, transport, clock);
    return new RegistryClient(
        hosts,
        credentials,
        transport,
        new Caller(authenticator, transport, options.retry(), clock));
  }

  /** The name that the table of registries gives an image; mostly its own. */
  public ImageReference rewritten(ImageReference image) {
    return hosts.rewritten(image);
  }

  /**
   * Finds an image for a platform, at the mirrors of its registry first.
   *
   * @throws RegistryException the registry's own failure if it is nowhere; it tells of the mirrors'
   */
  public ResolvedImage resolve(ImageReference image, Platform platform) throws RegistryException {
    return new MirroredResolver(hosts, caller).resolve(image, platform);
  }

  /**
   * The same with so many attempts.
   *
   * @throws RegistryException as for {@link #resolve(ImageReference, Platform)}
   */
  public ResolvedImage resolve(ImageReference image, Platform platform, int attempts)
      throws RegistryException {
    return new MirroredResolver(hosts, caller.withAttempts(attempts)).resolve(image, platform);
  }

  /** Whether there is an account for an image's repository. */
  public boolean hasAccountFor(ImageReference image) {
    return !credentials.accounts(image).isEmpty();
  }

  /** What the tag or digest names; empty if there is no such thing. Mirrors are not asked. */
  public Optional<Descriptor> find(ImageReference image) throws RegistryException {
    return new ManifestChecker(caller).check(at(image));
  }

  /**
   * Opens a blob of the image at exactly this place; mirrors are not asked. The bytes are checked
   * as they are read, and only what was read to the end is known to be right: otherwise the stream
   * throws a {@link RegistryException}. Whoever asks closes it.
   */
  public InputStream blob(ImageReference location, Descriptor blob) throws RegistryException {
    return new BlobPuller(caller).open(at(location), blob);
  }

  /**
   * The same, to be pushed to another repository, perhaps by another account: what goes wrong in
   * reading them is {@link RegistryException#isSourceFailure}.
   */
  public Content content(ImageReference location, Descriptor blob) {
    return Content.of(
        blob.size(),
        () -> {
          try {
            return new SourceInputStream(blob(location, blob));
          } catch (RegistryException e) {
            throw e.asSourceFailure();
          }
        });
  }

  /** The image's repository, to push to. */
  public ImagePusher pusher(ImageReference image) {
    var limit = limits.computeIfAbsent(image.registry(), this::limit);
    return new ImagePusher(at(image), caller, limit);
  }

  private RequestLimit limit(String registry) {
    return new RequestLimit(hosts.chunkSize(registry));
  }

  private Repository at(ImageReference image) {
    return new Repository(hosts.endpoint(image.registry()), image);
  }

  @Override
  public void close() {
    transport.close();
  }
}
