package dev.stagewright.controller.pods;

import dev.stagewright.api.v1alpha1.Harbor;
import dev.stagewright.api.v1alpha1.KubernetesDuration;
import dev.stagewright.api.v1alpha1.Output;
import dev.stagewright.controller.run.BuildRun;
import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.protocol.BuildRequest.Destination;
import dev.stagewright.protocol.BuildRequest.ImageFormat;
import dev.stagewright.protocol.HarborOptions;
import dev.stagewright.protocol.LayerOptions;
import dev.stagewright.protocol.TagTemplate;
import dev.stagewright.protocol.TagTemplate.Variable;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Creates the part of the build request about the output.
 *
 * @param startedAt start time of the run, which is the time in tags
 */
record OutputRequest(BuildRun run, Output output, Instant startedAt) {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HHmmss").withZone(ZoneOffset.UTC);

  /**
   * The output of the request.
   *
   * @throws IllegalArgumentException if the output is invalid; the message names the field
   */
  BuildRequest.Output request() {
    var format = format();
    return new BuildRequest.Output(
        new PushDestinations(output).entries().stream().map(this::destination).toList(),
        format,
        output.labels(),
        output.annotations(),
        layers(),
        Optional.ofNullable(output.harbor()).map(OutputRequest::harbor));
  }

  /** The registries to connect to over plain HTTP. */
  Set<String> insecureHosts() {
    return new PushDestinations(output)
        .entries().stream()
            .filter(PushDestinations.Entry::insecure)
            .map(PushDestinations.Entry::registry)
            .collect(Collectors.toUnmodifiableSet());
  }

  private Destination destination(PushDestinations.Entry entry) {
    var templates = new ArrayList<String>();
    templates.add(entry.tag());
    templates.addAll(entry.tags());
    var tags = new ArrayList<String>();
    for (var i = 0; i < templates.size(); i++) {
      var field = i == 0 ? entry.field() + ".image" : entry.field() + ".tags[" + (i - 1) + "]";
      tags.add(tag(field, templates.get(i)));
    }
    return new Destination(
        entry.field(),
        entry.repository(),
        List.copyOf(tags),
        entry.credentialsDirectory(),
        entry.authoritiesDirectory());
  }

  /** Resolves the variables that are known before prepare, which resolves the others. */
  private String tag(String field, String template) {
    try {
      var tag = new TagTemplate(template).with(values());
      return tag.isOpen() ? tag.text() : tag.tag();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(field + ": " + e.getMessage(), e);
    }
  }

  private Map<Variable, String> values() {
    return Map.of(
        Variable.Name, run.build(),
        Variable.Namespace, run.namespace(),
        Variable.Generation, Long.toString(run.generation()),
        Variable.Date, DATE.format(startedAt),
        Variable.Time, TIME.format(startedAt));
  }

  private ImageFormat format() {
    if (output.mediaTypes() == Output.MediaTypes.oci) {
      return ImageFormat.OCI;
    }
    if (output.compression() == Output.Compression.zstd) {
      throw new IllegalArgumentException(
          "spec.output.mediaTypes: docker does not support compression: zstd; use compression:"
              + " gzip or mediaTypes: oci");
    }
    if (!output.annotations().isEmpty()) {
      throw new IllegalArgumentException(
          "spec.output.annotations: mediaTypes: docker does not support annotations; use labels or"
              + " mediaTypes: oci");
    }
    return ImageFormat.DOCKER;
  }

  private static HarborOptions harbor(Harbor harbor) {
    return new HarborOptions(
        harbor.createProject(),
        harbor.labels(),
        harbor.scan(),
        Optional.ofNullable(harbor.failOn()).map(Harbor.Severity::name),
        harbor.sbom(),
        KubernetesDuration.parse(harbor.timeout()).toSeconds());
  }

  private LayerOptions layers() {
    var compression =
        switch (output.compression()) {
          case gzip -> LayerOptions.Algorithm.GZIP;
          case zstd -> LayerOptions.Algorithm.ZSTD;
        };
    return new LayerOptions(compression, Optional.ofNullable(output.sourceDateEpoch()));
  }
}
