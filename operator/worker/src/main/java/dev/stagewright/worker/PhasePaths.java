package dev.stagewright.worker;

import dev.stagewright.protocol.Mounts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a phase finds what it works on.
 *
 * @param request the request's file
 * @param plan the plan's file, in push
 * @param workspace the workspace's root
 * @param source a source that is a volume
 * @param gitCredentials folder of a basic-auth Secret; may be missing
 * @param registryCredentials folder of folders with {@code .dockerconfigjson}; may be missing
 * @param secrets folder of build secrets, by id; may be missing
 * @param registryTls folder of folders with certificates of registries; may be missing
 * @param terminationLog where the phase's last words go
 */
public record PhasePaths(
    Path request,
    Path plan,
    Path workspace,
    Path source,
    Path gitCredentials,
    Path registryCredentials,
    Path secrets,
    Path registryTls,
    Path terminationLog) {
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "--request", Mounts.REQUEST + "/" + Mounts.REQUEST_FILE,
          "--plan", Mounts.PLAN + "/" + Mounts.PLAN_FILE,
          "--workspace", Mounts.WORKSPACE,
          "--source", Mounts.SOURCE,
          "--git-credentials", Mounts.GIT_CREDENTIALS,
          "--credentials", Mounts.REGISTRY_CREDENTIALS,
          "--secrets", Mounts.SECRETS,
          "--registry-tls", Mounts.REGISTRY_TLS,
          "--termination-log", "/dev/termination-log");

  /**
   * Reads {@code --name value} arguments; what is not given is where the Pod mounts it.
   *
   * @throws IllegalArgumentException if an argument is unknown or lacks its value
   */
  public static PhasePaths of(List<String> arguments) {
    var values = new HashMap<>(DEFAULTS);
    var rest = new ArrayList<>(arguments);
    while (!rest.isEmpty()) {
      var name = rest.removeFirst();
      if (!DEFAULTS.containsKey(name)) {
        throw new IllegalArgumentException("unknown argument " + name);
      }
      if (rest.isEmpty()) {
        throw new IllegalArgumentException(name + " needs a value");
      }
      values.put(name, rest.removeFirst());
    }
    return new PhasePaths(
        path(values, "--request"),
        path(values, "--plan"),
        path(values, "--workspace"),
        path(values, "--source"),
        path(values, "--git-credentials"),
        path(values, "--credentials"),
        path(values, "--secrets"),
        path(values, "--registry-tls"),
        path(values, "--termination-log"));
  }

  private static Path path(Map<String, String> values, String name) {
    return Path.of(Optional.ofNullable(values.get(name)).orElseThrow());
  }
}
