package dev.stagewright.registry;

import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.layers.oci.Platform;
import dev.stagewright.registry.auth.Authenticator;
import dev.stagewright.registry.auth.Credentials;
import dev.stagewright.registry.call.Caller;
import dev.stagewright.registry.call.Repository;
import dev.stagewright.registry.call.Retry;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.registry.host.RegistryHosts;
import dev.stagewright.registry.http.HttpTransport;
import dev.stagewright.registry.http.RedirectingTransport;
import dev.stagewright.registry.http.Timeouts;
import dev.stagewright.registry.pull.BlobPuller;
import dev.stagewright.registry.pull.ManifestChecker;
import dev.stagewright.registry.pull.ResolvedImage;
import java.io.InputStream;
import java.time.Clock;
import java.util.Optional;

/**
 * Reads from and writes to registries with one set of credentials. Can be used by several threads;
 * every call ends in bounded time, by an answer or by a {@link RegistryException}.
 */
public final class RegistryClient implements AutoCloseable {
  private static final int ATTEMPTS = 6;

  private final RegistryHosts hosts;
  private final HttpTransport transport;
  private final Caller caller;

  private RegistryClient(RegistryHosts hosts, HttpTransport transport, Caller caller) {
    this.hosts = hosts;
    this.transport = transport;
    this.caller = caller;
  }

  /** A client that waits, and tries again, as it does in production. */
  public static RegistryClient create(RegistryHosts hosts, Credentials credentials) {
    return create(hosts, credentials, Timeouts.DEFAULT, new Retry(ATTEMPTS, Thread::sleep));
  }

  /** A client that waits and tries again as it is told. */
  public static RegistryClient create(
      RegistryHosts hosts, Credentials credentials, Timeouts timeouts, Retry retry) {
    var transport = new HttpTransport(timeouts);
    var clock = Clock.systemUTC();
    var authenticator = new Authenticator(credentials, transport, clock);
    var caller = new Caller(authenticator, new RedirectingTransport(transport), retry, clock);
    return new RegistryClient(hosts, transport, caller);
  }

  /**
   * Finds an image for a platform, at the mirrors of its registry first.
   *
   * @throws RegistryException the registry's own failure if it is nowhere; it tells of the mirrors'
   */
  public ResolvedImage resolve(ImageReference image, Platform platform) throws RegistryException {
    return new MirroredResolver(hosts, caller).resolve(image, platform);
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

  /** The image's repository, to push to. */
  public PushTarget pushTo(ImageReference image) {
    return new PushTarget(at(image), caller);
  }

  private Repository at(ImageReference image) {
    return new Repository(hosts.endpoint(image.registry()), image);
  }

  @Override
  public void close() {
    transport.close();
  }
}
