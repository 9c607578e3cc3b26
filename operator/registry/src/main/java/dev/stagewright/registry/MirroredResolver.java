package dev.stagewright.registry;

import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.layers.oci.Platform;
import dev.stagewright.registry.call.Caller;
import dev.stagewright.registry.call.Repository;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.registry.host.RegistryHosts;
import dev.stagewright.registry.pull.ImageResolver;
import dev.stagewright.registry.pull.ResolvedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Resolves an image at the mirrors of its registry, then at the registry itself. */
final class MirroredResolver {
  /** A mirror that is down must not delay what the registry itself can answer. */
  private static final int MIRROR_ATTEMPTS = 2;

  private final RegistryHosts hosts;
  private final Caller caller;

  MirroredResolver(RegistryHosts hosts, Caller caller) {
    this.hosts = hosts;
    this.caller = caller;
  }

  ResolvedImage resolve(ImageReference image, Platform platform) throws RegistryException {
    var names = hosts.candidates(image);
    var failures = new ArrayList<RegistryException>();
    for (var mirror : names.subList(0, names.size() - 1)) {
      try {
        return resolveAt(mirror, platform, caller.withAttempts(MIRROR_ATTEMPTS));
      } catch (RegistryException e) {
        failures.add(e);
      }
    }
    try {
      return resolveAt(names.getLast(), platform, caller);
    } catch (RegistryException e) {
      throw failures.isEmpty() ? e : withMirrors(e, failures);
    }
  }

  private ResolvedImage resolveAt(ImageReference name, Platform platform, Caller mirrorCaller)
      throws RegistryException {
    return new ImageResolver(mirrorCaller)
        .resolve(new Repository(hosts.endpoint(name.registry()), name), platform);
  }

  private static RegistryException withMirrors(
      RegistryException failure, List<RegistryException> failures) {
    var mirrorFailures =
        failures.stream().map(Throwable::getMessage).collect(Collectors.joining("; "));
    return failure.withDetail("its mirrors failed before: " + mirrorFailures);
  }
}
