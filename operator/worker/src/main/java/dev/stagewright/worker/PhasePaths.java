package dev.stagewright.worker;

import dev.stagewright.protocol.Mounts;
import dev.stagewright.protocol.Workspace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files and directories of a phase.
 *
 * @param request the file of the request
 * @param plan the file of the plan, in a publish container without prepare in its Pod
 * @param workspace the root of the workspace
 * @param source the volume of a source
 * @param git the directory of the Secrets and ConfigMaps of a git source; may be missing
 * @param sourceAccess the directory of credentials and certificates for a source; may be missing
 * @param registryCredentials the directory of directories with {@code .dockerconfigjson}; may be
 *     missing
 * @param secrets the directory of build secrets, by ID; may be missing
 * @param ssh the directory of SSH keys, by ID; may be missing
 * @param registryTls the directory of directories with registry certificates; may be missing
 * @param terminationLog the file of the termination message
 * @param attempt the number of the worker Pod's attempt, which prepare and publish of one Pod
 *     share; empty for a publish container without prepare in its Pod
 */
public record PhasePaths(
    Path request,
    Path plan,
    Path workspace,
    Path source,
    Path git,
    Path sourceAccess,
    Path registryCredentials,
    Path secrets,
    Path ssh,
    Path registryTls,
    Path terminationLog,
    Optional<Integer> attempt) {
  private static final String ATTEMPT = "--attempt";
  private static final Map<String, String> DEFAULTS =
      Map.ofEntries(
          Map.entry("--request", Mounts.REQUEST + "/" + Mounts.REQUEST_FILE),
          Map.entry("--plan", Mounts.PLAN + "/" + Mounts.PLAN_FILE),
          Map.entry("--workspace", Mounts.WORKSPACE),
          Map.entry("--source", Mounts.SOURCE),
          Map.entry("--git", Mounts.GIT),
          Map.entry("--source-access", Mounts.SOURCE_ACCESS),
          Map.entry("--credentials", Mounts.REGISTRY_CREDENTIALS),
          Map.entry("--secrets", Mounts.SECRETS),
          Map.entry("--ssh", Mounts.SSH),
          Map.entry("--registry-tls", Mounts.REGISTRY_TLS),
          Map.entry("--termination-log", "/dev/termination-log"));

  /**
   * Parses {@code --name value} arguments. The defaults are the mount paths of the Pod.
   *
   * @throws IllegalArgumentException if an argument is unknown or has no value
   */
  public static PhasePaths of(List<String> arguments) {
    var values = new HashMap<>(DEFAULTS);
    var rest = new ArrayList<>(arguments);
    while (!rest.isEmpty()) {
      var name = rest.removeFirst();
      if (!DEFAULTS.containsKey(name) && !name.equals(ATTEMPT)) {
        throw new IllegalArgumentException("unknown argument " + name);
      }
      if (rest.isEmpty()) {
        throw new IllegalArgumentException(name + " requires a value");
      }
      values.put(name, rest.removeFirst());
    }
    return new PhasePaths(
        path(values, "--request"),
        path(values, "--plan"),
        path(values, "--workspace"),
        path(values, "--source"),
        path(values, "--git"),
        path(values, "--source-access"),
        path(values, "--credentials"),
        path(values, "--secrets"),
        path(values, "--ssh"),
        path(values, "--registry-tls"),
        path(values, "--termination-log"),
        Optional.ofNullable(values.get(ATTEMPT)).map(Integer::valueOf));
  }

  /** The directory that prepare and publish of one Pod share; empty without an attempt. */
  public Optional<AttemptDirectory> attemptDirectory() {
    return attempt.map(
        number -> new AttemptDirectory(workspace.resolve(Workspace.attempt(number))));
  }

  private static Path path(Map<String, String> values, String name) {
    return Path.of(Optional.ofNullable(values.get(name)).orElseThrow());
  }
}
