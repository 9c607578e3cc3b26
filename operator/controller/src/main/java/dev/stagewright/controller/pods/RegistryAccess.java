package dev.stagewright.controller.pods;

import dev.stagewright.controller.config.OperatorConfig;
import dev.stagewright.controller.config.RegistryConfig;
import dev.stagewright.controller.run.PodVolume;
import dev.stagewright.protocol.BuildRequest.RegistryHost;
import dev.stagewright.protocol.Mounts;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * How the Pods of builds connect to registries.
 *
 * @param registries of the operator's configuration
 * @param proxies environment variables for proxies
 */
public record RegistryAccess(List<RegistryConfig> registries, Map<String, String> proxies) {

  /** The access that the configuration defines. */
  public static RegistryAccess of(OperatorConfig config) {
    return new RegistryAccess(config.registries(), config.proxyEnvironment());
  }

  /**
   * The registries with their settings.
   *
   * @param insecure registries that the build connects to over plain HTTP
   */
  List<RegistryHost> hosts(Set<String> insecure) {
    var hosts = new ArrayList<RegistryHost>();
    var remaining = new LinkedHashSet<>(insecure);
    for (var i = 0; i < registries.size(); i++) {
      var registry = registries.get(i);
      hosts.add(
          new RegistryHost(
              registry.host(),
              remaining.remove(registry.host()) || registry.plainHttp(),
              registry.mirror(),
              registry.rewrites(),
              registry.caBundle(),
              registry.tls().isPresent() ? Optional.of(directory(i)) : Optional.empty(),
              registry.proxy(),
              registry.chunkSize()));
    }
    remaining.forEach(host -> hosts.add(new RegistryHost(host, true, Optional.empty())));
    return List.copyOf(hosts);
  }

  /** The volumes with client certificates. */
  List<MountedVolume> mounts() {
    var mounts = new ArrayList<MountedVolume>();
    for (var i = 0; i < registries.size(); i++) {
      var index = i;
      var path = Mounts.REGISTRY_TLS + "/" + directory(i);
      registries
          .get(i)
          .tls()
          .ifPresent(secret ->
              mounts.add(
                  MountedVolume.optionalSecret(PodVolume.CLIENT_CERTIFICATE, index, secret, path)));
    }
    return mounts;
  }

  /** The environment variables of Pods that connect to registries. */
  List<EnvVar> environment() {
    return new TreeMap<>(proxies)
        .entrySet().stream()
            .map(proxy ->
                new EnvVarBuilder().withName(proxy.getKey()).withValue(proxy.getValue()).build())
            .toList();
  }

  private static String directory(int index) {
    return "host-" + index;
  }
}
