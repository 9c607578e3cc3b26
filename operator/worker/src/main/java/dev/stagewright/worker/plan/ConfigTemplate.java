package dev.stagewright.worker.plan;

import dev.stagewright.dockerfile.eval.HealthcheckSettings;
import dev.stagewright.dockerfile.eval.ImageSettings;
import dev.stagewright.layers.oci.ContainerConfig;
import dev.stagewright.layers.oci.HealthcheckConfig;
import dev.stagewright.layers.oci.ImageConfig;
import dev.stagewright.protocol.BuildPlan;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Converts between an image config and the settings that instructions change. */
public final class ConfigTemplate {
  private ConfigTemplate() {}

  /** The settings of a base image. */
  public static ImageSettings settings(ImageConfig image) {
    var config = image.config();
    return new ImageSettings(
        environment(config.env()),
        config.user().orElse(""),
        config.workingDir().orElse(""),
        config.shell(),
        config.entrypoint(),
        config.cmd(),
        config.labels(),
        config.exposedPorts(),
        config.volumes(),
        config.stopSignal().orElse(""),
        config.healthcheck().map(ConfigTemplate::settings),
        config.onBuild(),
        image.author().orElse(""),
        config.argsEscaped());
  }

  /**
   * Creates the template of the config of an image.
   *
   * @param root config of the base image; the template keeps all fields that are not settings
   * @param settings of the target stage
   * @param labels additional labels; they override the labels of the stage
   */
  static BuildPlan.ImageTemplate template(
      ImageConfig root, ImageSettings settings, Map<String, String> labels) {
    var all = new LinkedHashMap<>(settings.labels());
    all.putAll(labels);
    var config = apply(settings, root.config()).withLabels(all);
    var template = root.template().withConfig(config).withAuthor(settings.author());
    return new BuildPlan.ImageTemplate(
        new String(template.bytes(), StandardCharsets.UTF_8), root.historyJson());
  }

  private static ContainerConfig apply(ImageSettings settings, ContainerConfig to) {
    var config =
        to.withEnv(settings.environment().entrySet().stream().map(Object::toString).toList())
            .withUser(settings.user())
            .withWorkingDir(settings.workingDirectory())
            .withShell(settings.shell())
            .withEntrypoint(settings.entrypoint())
            .withCmd(settings.cmd())
            .withLabels(settings.labels())
            .withExposedPorts(settings.exposedPorts())
            .withVolumes(settings.volumes())
            .withStopSignal(settings.stopSignal())
            .withOnBuild(settings.onBuild())
            .withArgsEscaped(settings.argsEscaped());
    return settings
        .healthcheck()
        .map(check -> config.withHealthcheck(healthcheck(check)))
        .orElse(config);
  }

  private static Map<String, String> environment(List<String> variables) {
    var environment = new LinkedHashMap<String, String>();
    for (var variable : variables) {
      var parts = variable.split("=", 2);
      environment.put(parts[0], parts.length == 2 ? parts[1] : "");
    }
    return environment;
  }

  private static HealthcheckSettings settings(HealthcheckConfig check) {
    return new HealthcheckSettings(
        check.test(),
        check.interval(),
        check.timeout(),
        check.startPeriod(),
        check.startInterval(),
        check.retries());
  }

  private static HealthcheckConfig healthcheck(HealthcheckSettings check) {
    return new HealthcheckConfig(
        check.test(),
        check.interval(),
        check.timeout(),
        check.startPeriod(),
        check.startInterval(),
        check.retries());
  }
}
