package dev.stagewright.harbor.standin;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The distribution API of Harbor's core: access check, rules, then the registry. */
final class RegistryApi {
  private static final Pattern PATH =
      Pattern.compile("/v2/(.+?)/(blobs/uploads|blobs|manifests|tags)/(.*)");

  private final World world;
  private final AccessCheck gate;
  private final PushRules rules;
  private final Uploads uploads;
  private final InstantSource clock;

  RegistryApi(World world, AccessCheck gate, Uploads uploads, InstantSource clock) {
    this.world = world;
    this.gate = gate;
    this.rules = new PushRules(world);
    this.uploads = uploads;
    this.clock = clock;
  }

  Response handle(Request request) {
    if (request.path().equals("/v2/")) {
      return gate.ping(request);
    }
    if (request.path().equals("/v2/_catalog")) {
      return gate.catalogue(request)
          .orElseGet(() -> Response.json(200, Map.of("repositories", List.of())));
    }
    var path = PATH.matcher(request.path());
    if (!path.matches() || path.group(1).indexOf('/') < 0) {
      return Response.error(404, "NOT_FOUND", "not found");
    }
    var name = path.group(1);
    return gate.repository(request, name)
        .orElseGet(() -> {
          var slash = name.indexOf('/');
          var project = world.project(name.substring(0, slash));
          var target =
              new Target(project, project.repository(name.substring(slash + 1)), path.group(3));
          var rejection = request.isRead() ? Optional.<Response>empty() : rules.change(project);
          return rejection.orElseGet(() -> serve(request, path.group(2), target));
        });
  }

  /** The subject of a request. */
  record Target(Project project, Repository repository, String reference) {
    String name() {
      return project.name() + "/" + repository.name();
    }
  }

  private Response serve(Request request, String what, Target target) {
    return switch (request.method() + " " + what) {
      case "GET blobs", "HEAD blobs" -> blob(target);
      case "GET manifests", "HEAD manifests" -> manifest(target);
      case "PUT manifests" -> putManifest(request, target);
      case "DELETE manifests" -> deleteManifest(target);
      case "GET tags" -> Pagination.ofTags(request, target);
      case "POST blobs/uploads" -> mount(request, target).orElseGet(() -> uploads.start(target));
      case "PATCH blobs/uploads" -> uploads.append(request, target);
      case "GET blobs/uploads" -> uploads.status(target);
      case "PUT blobs/uploads" -> uploads.finish(request, target, rules);
      case "DELETE blobs/uploads" -> uploads.cancel(target);
      default -> Response.error(405, "METHOD_NOT_ALLOWED", "method not allowed");
    };
  }

  private static Response blob(Target target) {
    return target
        .repository()
        .blob(target.reference())
        .map(bytes ->
            new Response(
                    200,
                    Map.of(
                        "Content-Type",
                        "application/octet-stream",
                        "Docker-Content-Digest",
                        target.reference()),
                    bytes)
                .ofRegistry())
        .orElseGet(
            () -> Response.error(404, "BLOB_UNKNOWN", "blob unknown to registry").ofRegistry());
  }

  private static Response manifest(Target target) {
    return target
        .repository()
        .artifact(target.reference())
        .map(found ->
            new Response(
                    200,
                    Map.of(
                        "Content-Type", found.mediaType(),
                        "Docker-Content-Digest", found.digest(),
                        "Etag", "\"" + found.digest() + "\""),
                    found.bytes())
                .ofRegistry())
        .orElseGet(() ->
            Response.error(
                404,
                "NOT_FOUND",
                "artifact %s:%s not found".formatted(target.name(), target.reference())));
  }

  private Response putManifest(Request request, Target target) {
    var reference = target.reference();
    var rejection =
        rules.manifest(target.project(), target.repository(), reference, request.body().length);
    if (rejection.isPresent()) {
      return rejection.get();
    }
    var missing = Manifests.missing(request.body(), target.repository());
    if (missing.isPresent()) {
      return Response.errors(
              400,
              Json.object(
                  "code", "MANIFEST_BLOB_UNKNOWN",
                  "message", "blob unknown to registry",
                  "detail", missing.get()))
          .ofRegistry();
    }
    var digest = Digests.of(request.body());
    var artifact =
        target
            .repository()
            .put(
                new Artifact(
                    world.nextId(),
                    digest,
                    request.header("Content-Type").orElse(""),
                    request.body()),
                Optional.of(reference).filter(it -> !it.startsWith("sha256:")));
    if (target.project().isAutomatic("auto_scan") && artifact.scan().isEmpty()) {
      world
          .scanner()
          .ifPresent(scanner -> artifact.scan(Report.startedAt(clock.instant(), scanner)));
    }
    return Response.of(201)
        .with("Location", "/v2/" + target.name() + "/manifests/" + digest)
        .with("Docker-Content-Digest", digest)
        .ofRegistry();
  }

  private static Response deleteManifest(Target target) {
    var reference = target.reference();
    if (!reference.startsWith("sha256:")) {
      return Response.error(
          400,
          "UNSUPPORTED",
          "unsupported digest " + reference + ": invalid checksum digest format");
    }
    if (target.repository().artifact(reference).isEmpty()) {
      return Response.error(
          404, "NOT_FOUND", "artifact %s@%s not found".formatted(target.name(), reference));
    }
    target.repository().remove(reference);
    return Response.of(202);
  }

  private Optional<Response> mount(Request request, Target target) {
    var digest = request.first("mount").orElse("");
    return request
        .first("from")
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
          return Response.of(201)
              .with("Location", "/v2/" + target.name() + "/blobs/" + digest)
              .with("Docker-Content-Digest", digest)
              .ofRegistry();
        });
  }
}
