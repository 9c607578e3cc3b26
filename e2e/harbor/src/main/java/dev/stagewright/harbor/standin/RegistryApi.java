package dev.stagewright.harbor.standin;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The distribution API, as core serves it: gate, rules, then the registry behind. */
final class RegistryApi {
  private static final Pattern PATH =
      Pattern.compile("/v2/(.+?)/(blobs/uploads|blobs|manifests|tags)/(.*)");

  private final World world;
  private final Gate gate;
  private final Rules rules;
  private final Uploads uploads;
  private final InstantSource clock;

  RegistryApi(World world, Gate gate, Uploads uploads, InstantSource clock) {
    this.world = world;
    this.gate = gate;
    this.rules = new Rules(world);
    this.uploads = uploads;
    this.clock = clock;
  }

  Answer handle(Call call) {
    if (call.path().equals("/v2/")) {
      return gate.ping(call);
    }
    if (call.path().equals("/v2/_catalog")) {
      return gate.catalogue(call)
          .orElseGet(() -> Answer.json(200, Map.of("repositories", List.of())));
    }
    var path = PATH.matcher(call.path());
    if (!path.matches() || path.group(1).indexOf('/') < 0) {
      return Answer.error(404, "NOT_FOUND", "not found");
    }
    var name = path.group(1);
    return gate.repository(call, name)
        .orElseGet(() -> {
          var slash = name.indexOf('/');
          var project = world.project(name.substring(0, slash));
          var target =
              new Target(project, project.repository(name.substring(slash + 1)), path.group(3));
          var refusal = call.isRead() ? Optional.<Answer>empty() : rules.change(project);
          return refusal.orElseGet(() -> serve(call, path.group(2), target));
        });
  }

  /** What a request is about. */
  record Target(Project project, Repository repository, String reference) {
    String name() {
      return project.name() + "/" + repository.name();
    }
  }

  private Answer serve(Call call, String what, Target target) {
    return switch (call.method() + " " + what) {
      case "GET blobs", "HEAD blobs" -> blob(target);
      case "GET manifests", "HEAD manifests" -> manifest(target);
      case "PUT manifests" -> putManifest(call, target);
      case "DELETE manifests" -> deleteManifest(target);
      case "GET tags" ->
          Answer.json(200, Json.object("name", target.name(), "tags", target.repository().tags()));
      case "POST blobs/uploads" -> mount(call, target).orElseGet(() -> uploads.start(target));
      case "PATCH blobs/uploads" -> uploads.append(call, target);
      case "GET blobs/uploads" -> uploads.tell(target);
      case "PUT blobs/uploads" -> uploads.finish(call, target, rules);
      case "DELETE blobs/uploads" -> uploads.cancel(target);
      default -> Answer.error(405, "METHOD_NOT_ALLOWED", "method not allowed");
    };
  }

  private static Answer blob(Target target) {
    return target
        .repository()
        .blob(target.reference())
        .map(bytes ->
            new Answer(
                    200,
                    Map.of(
                        "Content-Type",
                        "application/octet-stream",
                        "Docker-Content-Digest",
                        target.reference()),
                    bytes)
                .ofRegistry())
        .orElseGet(
            () -> Answer.error(404, "BLOB_UNKNOWN", "blob unknown to registry").ofRegistry());
  }

  private static Answer manifest(Target target) {
    return target
        .repository()
        .artifact(target.reference())
        .map(found ->
            new Answer(
                    200,
                    Map.of(
                        "Content-Type", found.mediaType(),
                        "Docker-Content-Digest", found.digest(),
                        "Etag", "\"" + found.digest() + "\""),
                    found.bytes())
                .ofRegistry())
        .orElseGet(() ->
            Answer.error(
                404,
                "NOT_FOUND",
                "artifact %s:%s not found".formatted(target.name(), target.reference())));
  }

  private Answer putManifest(Call call, Target target) {
    var reference = target.reference();
    var refusal =
        rules.manifest(target.project(), target.repository(), reference, call.body().length);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    var missing = Manifests.missing(call.body(), target.repository());
    if (missing.isPresent()) {
      return Answer.errors(
              400,
              Json.object(
                  "code", "MANIFEST_BLOB_UNKNOWN",
                  "message", "blob unknown to registry",
                  "detail", missing.get()))
          .ofRegistry();
    }
    var digest = Digests.of(call.body());
    var artifact =
        target
            .repository()
            .put(
                new Artifact(
                    world.nextId(), digest, call.header("Content-Type").orElse(""), call.body()),
                Optional.of(reference).filter(it -> !it.startsWith("sha256:")));
    if (target.project().isAutomatic("auto_scan") && artifact.scan().isEmpty()) {
      world
          .scanner()
          .ifPresent(scanner -> artifact.scan(Report.startedAt(clock.instant(), scanner)));
    }
    return Answer.of(201)
        .with("Location", "/v2/" + target.name() + "/manifests/" + digest)
        .with("Docker-Content-Digest", digest)
        .ofRegistry();
  }

  private static Answer deleteManifest(Target target) {
    return target.reference().startsWith("sha256:")
        ? Answer.of(202)
        : Answer.error(
            400,
            "UNSUPPORTED",
            "unsupported digest " + target.reference() + ": invalid checksum digest format");
  }

  private Optional<Answer> mount(Call call, Target target) {
    var digest = call.first("mount").orElse("");
    return call.first("from")
        .filter(name -> name.indexOf('/') > 0)
        .flatMap(name -> {
          var slash = name.indexOf('/');
          return world
              .project(name.substring(0, slash))
              .repository(name.substring(slash + 1))
              .blob(digest);
        })
        .map(bytes -> {
          target.repository().putBlob(digest, bytes);
          return Answer.of(201)
              .with("Location", "/v2/" + target.name() + "/blobs/" + digest)
              .with("Docker-Content-Digest", digest)
              .ofRegistry();
        });
  }
}
