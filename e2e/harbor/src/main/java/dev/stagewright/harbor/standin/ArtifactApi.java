package dev.stagewright.harbor.standin;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stagewright.harbor.standin.ManagementApi.ApiRequest;
import java.net.URLDecoder;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.regex.MatchResult;

/** The API of artifacts, their tags, labels, and scans. */
final class ArtifactApi {
  private static final String REPORT = "application/vnd.security.vulnerability.report; version=1.1";
  private static final String OLD_REPORT =
      "application/vnd.scanner.adapter.vuln.report.harbor+json; version=1.0";

  private final World world;
  private final InstantSource clock;

  ArtifactApi(World world, InstantSource clock) {
    this.world = world;
    this.clock = clock;
  }

  private record Found(Project project, Repository repository, Artifact artifact) {}

  /** Responds for the artifact in the path, if it exists and the account has permission. */
  private Response about(
      ApiRequest request,
      MatchResult path,
      String resource,
      String action,
      BiFunction<ApiRequest, Found, Response> response) {
    var objection = request.objection(path.group(1), resource, action);
    if (objection.isPresent()) {
      return objection.get();
    }
    // Encoded twice, because it contains slashes.
    var repository = URLDecoder.decode(path.group(2), UTF_8);
    return find(path.group(1), repository, path.group(3))
        .map(found -> response.apply(request, found))
        .orElseGet(() -> {
          var separator = path.group(3).startsWith("sha256:") ? "@" : ":";
          return Response.error(
              404,
              "NOT_FOUND",
              "artifact %s/%s%s%s not found"
                  .formatted(path.group(1), repository, separator, path.group(3)));
        });
  }

  private Optional<Found> find(String project, String repository, String reference) {
    return world
        .find(project)
        .flatMap(it ->
            it.repository(repository)
                .artifact(reference)
                .map(artifact -> new Found(it, it.repository(repository), artifact)));
  }

  Response get(ApiRequest request, MatchResult path) {
    return about(request, path, "artifact", "read", this::artifact);
  }

  private Response artifact(ApiRequest request, Found found) {
    var call = request.http();
    var artifact = found.artifact();
    var json =
        Json.object(
            "digest", artifact.digest(),
            "id", artifact.id(),
            "manifest_media_type", artifact.mediaType(),
            "media_type", "application/vnd.oci.image.config.v1+json",
            "project_id", found.project().id(),
            "repository_name", found.project().name() + "/" + found.repository().name(),
            "type", "IMAGE");
    if (call.asks("with_label")) {
      json.put(
          "labels",
          world.labels().stream()
              .filter(label -> artifact.labels().contains(label.id()))
              .map(label -> Json.object("id", label.id(), "name", label.name()))
              .toList());
    }
    if (!call.first("with_tag").equals(Optional.of("false"))) {
      json.put("tags", tags(request, found));
    }
    if (call.asks("with_scan_overview")) {
      artifact
          .scan()
          .ifPresent(report ->
              json.put(
                  "scan_overview",
                  Map.of(reportType(call), report.vulnerabilities(clock.instant()))));
    }
    if (call.asks("with_sbom_overview") && world.makesBills()) {
      artifact.sbom().ifPresent(report -> json.put("sbom_overview", bill(artifact, report)));
    }
    return Response.json(200, json);
  }

  private Map<String, Object> bill(Artifact artifact, Report report) {
    return report.bill(clock.instant(), Digests.of((artifact.digest() + "sbom").getBytes(UTF_8)));
  }

  /** The newer report format is returned only if the request accepts it. */
  private static String reportType(Request call) {
    return call.header("X-Accept-Vulnerabilities").orElse(OLD_REPORT).contains(REPORT)
        ? REPORT
        : OLD_REPORT;
  }

  private static List<Map<String, Object>> tags(ApiRequest request, Found found) {
    return found.repository().tagsOf(found.artifact().digest()).stream()
        .map(tag ->
            Json.object(
                "artifact_id",
                found.artifact().id(),
                "immutable",
                request.http().asks("with_immutable_status") && found.project().isImmutable(tag),
                "name",
                tag))
        .toList();
  }

  Response tags(ApiRequest request, MatchResult path) {
    return about(
        request,
        path,
        "tag",
        "list",
        (apiRequest, found) -> Pagination.of(apiRequest.http(), tags(apiRequest, found)));
  }

  Response addLabel(ApiRequest request, MatchResult path) {
    return about(
        request,
        path,
        "artifact-label",
        "create",
        (apiRequest, found) -> {
          var id = Json.read(apiRequest.http().body()).path("id").asInt();
          if (world.labels().stream().noneMatch(label -> label.id() == id)) {
            return Response.error(404, "NOT_FOUND", "label " + id + " not found");
          }
          return found.artifact().addLabel(id)
              ? Response.of(200)
              : Response.error(
                  409,
                  "CONFLICT",
                  "label %d is already added to the artifact %d"
                      .formatted(id, found.artifact().id()));
        });
  }

  Response scan(ApiRequest request, MatchResult path) {
    var kind = Json.read(request.http().body()).path("scan_type").asText("vulnerability");
    var isBill = kind.equals("sbom") && world.makesBills();
    return about(
        request,
        path,
        isBill ? "sbom" : "scan",
        "create",
        (_, found) -> isBill ? makeBill(found) : scan(found));
  }

  private Response scan(Found found) {
    return start(found, found.artifact().scan(), report -> found.artifact().scan(report));
  }

  private Response makeBill(Found found) {
    return start(found, found.artifact().sbom(), report -> found.artifact().sbom(report));
  }

  private Response start(Found found, Optional<Report> running, Consumer<Report> keep) {
    var now = clock.instant();
    var scanner = world.scanner();
    if (scanner.isEmpty()) {
      return Response.error(
          412, "PRECONDITION", "no available scanner for project: " + found.project().id());
    }
    var before = running.filter(report -> !report.isOver(now));
    if (before.isPresent()) {
      return Response.error(
          409, "CONFLICT", "a previous scan process is " + before.get().status(now));
    }
    keep.accept(Report.startedAt(now, scanner.get()));
    return Response.of(202);
  }

  Response vulnerabilities(ApiRequest request, MatchResult path) {
    return about(
        request,
        path,
        "artifact-addition",
        "read",
        (apiRequest, found) ->
            Response.json(
                200,
                found
                    .artifact()
                    .scan()
                    .map(report ->
                        Map.of(
                            reportType(apiRequest.http()), report.vulnerabilities(clock.instant())))
                    .orElse(Map.of())));
  }
}
