package dev.stagewright.registry;

import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.layers.oci.Platform;
import dev.stagewright.registry.auth.Authenticator;
import dev.stagewright.registry.auth.Credentials;
import dev.stagewright.registry.auth.TokenCache;
import dev.stagewright.registry.call.Caller;
import dev.stagewright.registry.call.Repository;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.registry.host.RegistryHosts;
import dev.stagewright.registry.http.Content;
import dev.stagewright.registry.http.HttpTransport;
import dev.stagewright.registry.pull.BlobPuller;
import dev.stagewright.registry.pull.FetchedManifest;
import dev.stagewright.registry.pull.ManifestChecker;
import dev.stagewright.registry.pull.ManifestPuller;
import dev.stagewright.registry.pull.Referrer;
import dev.stagewright.registry.pull.ReferrerLister;
import dev.stagewright.registry.pull.ResolvedImage;
import dev.stagewright.registry.pull.SourceInputStream;
import dev.stagewright.registry.pull.TagLister;
import dev.stagewright.registry.push.BlobChecker;
import dev.stagewright.registry.push.ImagePusher;
import dev.stagewright.registry.push.ManifestDeleter;
import dev.stagewright.registry.push.RequestLimit;
import java.io.InputStream;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads from and writes to registries with one set of credentials. Thread-safe. Every call ends in
 * bounded time, with a result or a {@link RegistryException}.
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

  /** Creates a client with the default options and without proxies. */
  public static RegistryClient create(RegistryHosts hosts, Credentials credentials) {
    return create(hosts, credentials, ClientOptions.of(Map.of()));
  }

  /**
   * Creates a client with tokens of its own.
   *
   * @param hosts how to reach the registries
   * @param credentials the accounts of the registries
   * @param options timeouts, retries and proxies
   */
  public static RegistryClient create(
      RegistryHosts hosts, Credentials credentials, ClientOptions options) {
    return create(hosts, credentials, options, new TokenCache(Clock.systemUTC()));
  }

  /**
   * Creates a client.
   *
   * @param hosts how to reach the registries
   * @param credentials the accounts of the registries
   * @param options timeouts, retries and proxies
   * @param tokens the tokens, which several clients can share
   */
  public static RegistryClient create(
      RegistryHosts hosts, Credentials credentials, ClientOptions options, TokenCache tokens) {
    var transport = new HttpTransport(options.timeouts(), options.proxies());
    var clock = Clock.systemUTC();
    var authenticator = new Authenticator(credentials, transport, tokens, clock);
    return new RegistryClient(
        hosts,
        credentials,
        transport,
        new Caller(authenticator, transport, options.retry(), clock));
  }

  /** Applies the rewrite rules of the host table to an image name. */
  public ImageReference rewritten(ImageReference image) {
    return hosts.rewritten(image);
  }

  /**
   * Resolves an image for a platform, at the mirrors of its registry first.
   *
   * @throws RegistryException the failure of the registry itself if the image was not found; its
   *     message includes the failures of the mirrors
   */
  public ResolvedImage resolve(ImageReference image, Platform platform) throws RegistryException {
    return new MirroredResolver(hosts, caller).resolve(image, platform);
  }

  /**
   * Resolves an image with another number of attempts per request.
   *
   * @throws RegistryException as for {@link #resolve(ImageReference, Platform)}
   */
  public ResolvedImage resolve(ImageReference image, Platform platform, int attempts)
      throws RegistryException {
    return new MirroredResolver(hosts, caller.withAttempts(attempts)).resolve(image, platform);
  }

  /** Whether the credentials have an account for an image's repository. */
  public boolean hasAccountFor(ImageReference image) {
    return !credentials.accounts(image).isEmpty();
  }

  /**
   * Returns the descriptor of a tag or digest, without using mirrors; empty if it does not exist.
   */
  public Optional<Descriptor> find(ImageReference image) throws RegistryException {
    return new ManifestChecker(caller).check(at(image));
  }

  /**
   * Returns the manifest of a digest or tag, without using mirrors; empty if it does not exist, or
   * if its repository does not. The bytes are those that the registry has the digest of.
   */
  public Optional<FetchedManifest> manifest(ImageReference image) throws RegistryException {
    try {
      return Optional.of(new ManifestPuller(caller).pull(at(image)));
    } catch (RegistryException e) {
      if (e.kind().isNotFound()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * Returns the tags of an image's repository, in the order of the registry; none if it does not
   * exist.
   */
  public List<String> tags(ImageReference image) throws RegistryException {
    return new TagLister(caller).list(at(image));
  }

  /**
   * Returns the artifacts of a type that are attached to an image, without using mirrors.
   *
   * @param image with a digest
   */
  public List<Referrer> referrers(ImageReference image, String artifactType)
      throws RegistryException {
    return new ReferrerLister(caller).list(at(image), artifactType);
  }

  /**
   * Deletes a manifest, and all tags that point to it.
   *
   * @param image with a digest
   * @return false if it does not exist
   */
  public boolean delete(ImageReference image) throws RegistryException {
    return new ManifestDeleter(caller).delete(at(image));
  }

  /** Whether the repository of an image has a blob, without using mirrors. */
  public boolean hasBlob(ImageReference image, Digest blob) throws RegistryException {
    return new BlobChecker(caller).existsToRead(at(image), blob);
  }

  /**
   * Opens a blob of an image, without using mirrors. The bytes are verified while they are read:
   * they are valid only if the stream was read to its end, otherwise the stream throws a {@link
   * RegistryException}. The caller closes the stream.
   */
  public InputStream blob(ImageReference location, Descriptor blob) throws RegistryException {
    return new BlobPuller(caller).open(at(location), blob);
  }

  /**
   * Returns a blob as content to push to another repository, possibly with another account.
   * Failures to read it are {@link RegistryException#isSourceFailure source failures}.
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

  /** Returns a pusher for the repository of an image. */
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
