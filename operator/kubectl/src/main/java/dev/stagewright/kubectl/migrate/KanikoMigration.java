package dev.stagewright.kubectl.migrate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.kubectl.migrate.KanikoArguments.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Converts the arguments of a kaniko executor to an ImageBuild. */
public final class KanikoMigration {
  private static final String DURATION = "([0-9]+(\\.[0-9]+)?(ms|s|m|h))+";
  private static final String DEFAULT_NAME = "build";

  private final List<MigrationNote> notes = new ArrayList<>();
  private final KanikoArguments arguments;
  private final Optional<String> name;
  private final KanikoOutput output;

  private KanikoMigration(
      KanikoArguments arguments, Optional<String> name, Optional<String> pushSecret) {
    this.arguments = arguments;
    this.name = name;
    this.output = new KanikoOutput(arguments, pushSecret, notes);
  }

  /**
   * Converts arguments.
   *
   * @param name of the ImageBuild; empty to derive it from the first destination
   * @param pushSecret the Secret with push credentials
   * @throws IllegalArgumentException if kaniko would reject the arguments
   */
  public static Migration migrate(
      List<String> arguments, Optional<String> name, Optional<String> pushSecret) {
    return new KanikoMigration(KanikoArguments.parse(arguments), name, pushSecret).migrate();
  }

  private Migration migrate() {
    var build = JsonNodeFactory.instance.objectNode();
    build.put("apiVersion", ImageBuild.GROUP + "/" + ImageBuild.VERSION);
    build.put("kind", ImageBuild.KIND);
    build.putObject("metadata").put("name", name.orElseGet(this::derivedName));
    var spec = build.putObject("spec");
    new KanikoSource(arguments, notes).addTo(spec);
    arguments.last("--target").ifPresent(target -> spec.put("target", target));
    buildArgs(spec);
    output.addTo(spec);
    cache(spec);
    arguments.last("--custom-platform").ifPresent(platform -> platform(platform, spec));
    arguments.effective().forEach(this::report);
    return Migration.of(build, notes);
  }

  /** The last part of the repository, as the name of an object. */
  private String derivedName() {
    return output.destinations().stream()
        .findFirst()
        .map(reference -> reference.repository().replaceFirst(".*/", ""))
        .map(part -> part.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-"))
        .filter(part -> !part.isEmpty())
        .orElse(DEFAULT_NAME);
  }

  private void buildArgs(ObjectNode spec) {
    for (var argument : arguments.all("--build-arg")) {
      var parts = argument.split("=", 2);
      if (parts.length == 2) {
        spec.withObject("/buildArgs").put(parts[0], parts[1]);
      } else {
        notes.add(
            MigrationNote.todo(
                "--build-arg "
                    + argument
                    + " has no value: kaniko takes it from its environment; set"
                    + " spec.buildArgs."
                    + argument));
      }
    }
  }

  private void cache(ObjectNode spec) {
    var cache = JsonNodeFactory.instance.objectNode();
    arguments.last("--cache-repo").ifPresent(repository -> repository(repository, cache));
    arguments.last("--cache-ttl").ifPresent(ttl -> ttl(ttl, cache));
    if (arguments.last("--cache").filter(value -> !KanikoArguments.isTrue(value)).isPresent()) {
      cache.put("disabled", true);
    } else if (arguments.has("--no-push-cache")) {
      cache.put("readOnly", true);
    }
    if (!cache.isEmpty()) {
      spec.set("cache", cache);
    }
  }

  private void repository(String repository, ObjectNode cache) {
    if (repository.startsWith("oci:")) {
      notes.add(
          MigrationNote.todo(
              "--cache-repo " + repository + ": the cache must be a repository of a registry"));
    } else {
      cache.put("repository", repository);
    }
  }

  private void ttl(String ttl, ObjectNode cache) {
    if (ttl.matches(DURATION)) {
      cache.put("ttl", ttl);
    } else {
      notes.add(
          MigrationNote.todo(
              "--cache-ttl " + ttl + ": set spec.cache.ttl to a duration such as 6h"));
    }
  }

  private void platform(String platform, ObjectNode spec) {
    var parts = platform.split("/", -1);
    if (!parts[0].equals("linux") || parts.length < 2) {
      notes.add(
          MigrationNote.todo(
              "--custom-platform " + platform + " is not supported: images are for Linux"));
      return;
    }
    spec.putObject("podTemplate")
        .putObject("spec")
        .putObject("nodeSelector")
        .put("kubernetes.io/arch", parts[1]);
    notes.add(
        MigrationNote.note(
            "--custom-platform "
                + platform
                + ": the Pods of the build run on nodes with this architecture"));
  }

  /** Reports a flag that no field replaces. */
  private void report(Setting setting) {
    var flag = setting.flag();
    var text = flag.name() + " is " + flag.support() + ": " + flag.effect();
    switch (flag.support()) {
      case FIELD -> {}
      case NOT_NEEDED, ELSEWHERE -> notes.add(MigrationNote.note(text));
      case OPERATOR -> {
        if (!isOfOutput(setting)) {
          notes.add(MigrationNote.todo(text));
        }
      }
      case NOT_SUPPORTED -> notes.add(MigrationNote.todo(text));
    }
  }

  /** A field of the output replaces the setting of its registry. */
  private boolean isOfOutput(Setting setting) {
    return setting.flag().name().equals("--insecure-registry")
        && output.registry().filter(setting.value()::equals).isPresent();
  }
}
